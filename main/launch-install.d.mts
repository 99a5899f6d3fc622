/** Types of launch-install.mjs, which runs before anything that could check them is installed. */
export declare const root: string;
export declare function ownNode(): string | null;
export declare function packagesReady(): boolean;
export declare function ensurePackages(say: (text: string) => void): string | null;

interface Package {
  readonly version?: string;
  readonly optional?: boolean;
}
export declare function samePackages(
  wanted: Readonly<Record<string, Package>>,
  installed: Readonly<Record<string, Package>>,
): boolean;

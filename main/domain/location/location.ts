import type { BedId, RoomId, WardId } from '../ids.ts';

export interface Ward {
  readonly id: WardId;
  readonly name: string;
}

export interface Room {
  readonly id: RoomId;
  readonly wardId: WardId;
  readonly label: string;
}

export interface Bed {
  readonly id: BedId;
  readonly wardId: WardId;
  readonly roomId: RoomId;
  /** Unique within its ward; beds are listed in natural order of it (2 before 10). */
  readonly label: string;
}

export interface LocationStore {
  listWards(): Ward[];
  listRooms(wardId: WardId): Room[];
  listBeds(wardId?: WardId): Bed[];
  findWard(id: WardId): Ward | undefined;
  findRoom(id: RoomId): Room | undefined;
  findBed(id: BedId): Bed | undefined;
  saveWard(ward: Ward): void;
  saveRoom(room: Room): void;
  saveBed(bed: Bed): void;
  /** Whether anything that happened names the bed: slow. */
  everUsed(id: BedId): boolean;
  removeBed(id: BedId): void;
}

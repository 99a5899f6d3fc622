import {
  IconActivityHeartbeat,
  IconArmchair,
  IconBed,
  IconBellRinging,
  IconChartBar,
  IconChecklist,
  IconDevices2,
  IconDeviceTv,
  IconDoorExit,
  IconHome,
  IconLayoutGrid,
  IconListCheck,
  IconListDetails,
  IconQrcode,
  IconSettings,
  IconTransfer,
  IconUsers,
} from '@tabler/icons-react';
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { Permission, Role } from '#domain/user/role.ts';

export interface Screen {
  /** As the router writes it; search parameters hold the screen's filters. */
  readonly path: string;
  /** Where its link goes: `path` without parameters. */
  readonly to: string;
  readonly label: string;
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  /** Who may open it. */
  readonly may: Permission;
  /** Roles that find it in the rail; left out: all who may open it; empty: reached from other screens only. */
  readonly rail?: readonly Role[];
  /** Found by its name though it stands in no rail. */
  readonly named?: true;
  /** Roles that begin here, wherever it stands in their rail. */
  readonly begins?: readonly Role[];
  readonly view: LazyExoticComponent<ComponentType>;
}

type Loaded<Name extends string> = Promise<{ readonly [name in Name]: ComponentType }>;

/** A screen's component, loaded when it is first opened. */
function view<Name extends string>(load: () => Loaded<Name>, name: Name): LazyExoticComponent<ComponentType> {
  return lazy(async () => ({ default: (await load())[name] }));
}

const loadHome = () => import('#renderer/features/home/Home.tsx');
const loadWardBoard = () => import('#renderer/features/ward-board/WardBoard.tsx');
const loadAlarms = () => import('#renderer/features/alarms/AlarmInbox.tsx');

const loadFigures = () => import('#renderer/features/figures/FiguresScreen.tsx');
const loadLabels = () => import('#renderer/features/labels/LabelsScreen.tsx');
const loadTasks = () => import('#renderer/features/tasks/TasksScreen.tsx');
const loadLists = () => import('#renderer/features/patient-lists/ListsScreen.tsx');
const loadFeed = () => import('#renderer/features/feed/FeedScreen.tsx');
const loadDevices = () => import('#renderer/features/devices/DevicesScreen.tsx');
const loadFlow = () => import('#renderer/features/flow/FlowScreen.tsx');
const loadBeds = () => import('#renderer/features/flow/BedsRedirect.tsx');
const loadWaiting = () => import('#renderer/features/flow/waiting/WaitingScreen.tsx');
const loadDischarges = () => import('#renderer/features/flow/discharges/DischargesScreen.tsx');
const loadWall = () => import('#renderer/features/flow/wall/WallScreen.tsx');
const loadSettings = () => import('#renderer/features/settings/SettingsScreen.tsx');
const loadUsers = () => import('#renderer/features/users/UsersScreen.tsx');
const loadLedger = () => import('#renderer/features/ledger/LedgerScreen.tsx');
const loadPatient = () => import('#renderer/features/patient/PatientScreen.tsx');

/** Every screen behind sign-in, in the order of the rail. The first a role finds is where it begins. */
export const screens: readonly Screen[] = [
  {
    path: '/ward/{-$wardId}',
    to: '/ward',
    label: 'Ward board',
    icon: IconLayoutGrid,
    may: 'see-board',
    view: view(loadWardBoard, 'WardBoard'),
  },
  {
    path: '/alarms',
    to: '/alarms',
    label: 'Alarms',
    icon: IconBellRinging,
    may: 'see-vitals',
    view: view(loadAlarms, 'AlarmInbox'),
  },
  {
    path: '/patient/$patientId',
    to: '/patient',
    label: 'Patient',
    icon: IconActivityHeartbeat,
    may: 'see-names',
    rail: [],
    view: view(loadPatient, 'PatientScreen'),
  },
  {
    path: '/flow/{-$wardId}',
    to: '/flow',
    label: 'Beds and flow',
    icon: IconBed,
    may: 'see-flow',
    rail: ['nurse', 'physician', 'scheduler', 'admin', 'cleaner', 'porter'],
    view: view(loadFlow, 'FlowScreen'),
  },
  {
    path: '/beds',
    to: '/beds',
    label: 'Beds',
    icon: IconBed,
    may: 'see-flow',
    rail: [],
    view: view(loadBeds, 'BedsRedirect'),
  },
  {
    path: '/waiting',
    to: '/waiting',
    label: 'Waiting',
    icon: IconArmchair,
    may: 'see-flow',
    rail: ['nurse', 'physician', 'scheduler'],
    view: view(loadWaiting, 'WaitingScreen'),
  },
  {
    path: '/discharges',
    to: '/discharges',
    label: 'Discharges',
    icon: IconDoorExit,
    may: 'see-flow',
    rail: ['nurse', 'physician', 'scheduler'],
    view: view(loadDischarges, 'DischargesScreen'),
  },
  {
    path: '/wall/{-$wardId}',
    to: '/wall',
    label: 'Wall display',
    icon: IconDeviceTv,
    may: 'see-flow',
    rail: ['wall'],
    begins: ['wall'],
    view: view(loadWall, 'WallScreen'),
  },
  {
    path: '/tasks',
    to: '/tasks',
    label: 'Tasks',
    icon: IconChecklist,
    may: 'tasks',
    begins: ['cleaner', 'porter'],
    view: view(loadTasks, 'TasksScreen'),
  },
  {
    path: '/figures',
    to: '/figures',
    label: 'Figures',
    icon: IconChartBar,
    may: 'see-figures',
    view: view(loadFigures, 'FiguresScreen'),
  },
  {
    path: '/labels',
    to: '/labels',
    label: 'Bed labels',
    icon: IconQrcode,
    may: 'see-beds',
    rail: [],
    named: true,
    view: view(loadLabels, 'LabelsScreen'),
  },
  {
    path: '/lists/{-$list}',
    to: '/lists',
    label: 'Lists',
    icon: IconListDetails,
    may: 'see-flow',
    rail: ['nurse', 'physician', 'scheduler', 'admin'],
    view: view(loadLists, 'ListsScreen'),
  },
  {
    path: '/feed',
    to: '/feed',
    label: 'HL7 feed',
    icon: IconTransfer,
    may: 'see-feed',
    view: view(loadFeed, 'FeedScreen'),
  },
  {
    path: '/devices',
    to: '/devices',
    label: 'Devices',
    icon: IconDevices2,
    may: 'see-devices',
    view: view(loadDevices, 'DevicesScreen'),
  },
  { path: '/users', to: '/users', label: 'Users', icon: IconUsers, may: 'users', view: view(loadUsers, 'UsersScreen') },
  {
    path: '/ledger',
    to: '/ledger',
    label: 'Ledger',
    icon: IconListCheck,
    may: 'audit',
    view: view(loadLedger, 'LedgerScreen'),
  },
  {
    path: '/settings',
    to: '/settings',
    label: 'Settings',
    icon: IconSettings,
    may: 'sign-in',
    rail: ['admin', 'nurse', 'physician', 'scheduler'],
    view: view(loadSettings, 'SettingsScreen'),
  },
  {
    path: '/home',
    to: '/home',
    label: 'Home',
    icon: IconHome,
    may: 'sign-in',
    rail: ['supply-manager'],
    begins: ['supply-manager'],
    view: view(loadHome, 'Home'),
  },
];

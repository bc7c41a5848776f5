// The parts that files play, and the fields that columns fill, in plain words.

export const ROLES = [
  ["units", "Places: what is assigned to reps"],
  ["accounts", "Accounts: a list of customers"],
  ["reps", "Reps: who sells"],
  ["map", "Map: the shapes of the places"],
  ["unused", "Not needed"],
];

// [path in the document, words, what it is, must be there]
export const UNIT_FIELDS = [
  ["units.id", "ID", "What names each place, such as a county code or postal code. Leading zeros are kept.", true],
  ["units.name", "Name", "How people call it, for maps and lists."],
  ["units.current", "Today's rep", "Who has it now. Then changes can be counted and limited."],
  ["units.segment", "Segment", "A slice of the market; each place and segment is then assigned by itself."],
  ["units.tenure", "Years with today's rep", "How long the relationship lasts already."],
];
export const ACCOUNT_FIELDS = [
  ["accounts.id", "ID", "What names each account, as in the CRM.", true],
  ["accounts.name", "Name", "How people call it."],
  ["accounts.owner", "Today's owner", "The rep who has it now."],
  ["accounts.parent", "Parent account", "Accounts with the same parent stay with one rep."],
  ["accounts.segment", "Segment", "A slice of the market."],
  ["accounts.named", "Named account", "Marks accounts that are assigned by name, not by place."],
];
export const REP_FIELDS = [
  ["reps.columns.id", "ID", "What names each rep: the same as in the owners of your places or accounts.", true],
  ["reps.columns.name", "Name", "How people call the rep."],
  ["reps.columns.lat", "Home: latitude", "Without a home the centre of the territory is free."],
  ["reps.columns.lon", "Home: longitude", "In degrees, such as -97.74."],
  ["reps.columns.capacity", "Capacity", "Relative size; 0.5 is half a rep. Without it all are equal."],
  ["reps.columns.status", "Status", "active, vacant, planned or leaving; a leaving rep gets nothing."],
];
export const FURTHER_REP_FIELDS = [
  ["reps.columns.hours", "Selling hours a year", "May cap the workload."],
  ["reps.columns.territory", "Territory code", "The lasting seat that the rep fills."],
  ["reps.columns.manager", "Manager", ""],
  ["reps.columns.region", "Region", ""],
  ["reps.columns.cost", "Cost a year", ""],
  ["reps.columns.start", "First day", ""],
  ["reps.columns.end", "Last day", ""],
  ["reps.columns.email", "E-mail", ""],
  ["reps.columns.crm_user_id", "User ID in the CRM", ""],
];

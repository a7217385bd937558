/** Chooses who takes a place: filters first, then the order of `picks`, ties by id; nobody free leaves it waiting. */
export function assign(need, staff) {
    const judged = staff.map(person => ({ person, verdict: judge(need, person) }));
    const free = judged.filter(({ verdict }) => verdict === 'later').map(({ person }) => person);
    const chosen = free.find(person => person.id === need.keep) ?? [...free].sort(byPicks(need.picks))[0];
    const candidates = judged.map(({ person, verdict }) => ({
        staff: person.id,
        verdict: person.id === chosen?.id ? 'chosen' : verdict,
        load: person.load,
    }));
    return { assignee: chosen?.id ?? null, candidates };
}
/** Staff who hold a role, of the store when both have one. */
export function holdersOf(role, store, staff) {
    return staff.filter(person => person.roles.includes(role) && ofStore(person, store));
}
function judge(need, person) {
    if (!person.roles.includes(need.role))
        return 'role';
    if (need.team !== null && !person.teams.includes(need.team))
        return 'team';
    if (need.skill !== null && !person.skills.includes(need.skill))
        return 'skill';
    if (!ofStore(person, need.store))
        return 'store';
    if (!person.onShift)
        return 'shift';
    return need.cap !== null && person.load >= need.cap ? 'full' : 'later';
}
function ofStore(person, store) {
    return store === null || person.store === null || person.store === store;
}
function byPicks(picks) {
    const order = picks.length > 0 ? picks : ['least_loaded', 'longest_idle'];
    return (a, b) => {
        for (const pick of order) {
            const difference = pick === 'least_loaded' ? a.load - b.load : pick === 'longest_idle' ? a.idleSince - b.idleSince : 0;
            if (difference !== 0)
                return difference;
        }
        return a.id < b.id ? -1 : 1;
    };
}

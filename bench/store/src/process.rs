//! Who logs: the processes of a small company. Busy services have more and busier processes.

/// A process, which has a stream of its own.
pub(crate) struct Process {
    pub(crate) service: &'static str,
    pub(crate) language: &'static str,
    pub(crate) component: &'static str,
    pub(crate) host: &'static str,
    pub(crate) pid: u32,
    /// Records of every 64 of all.
    pub(crate) share: u64,
}

const fn process(names: [&'static str; 3], host: &'static str, pid: u32, share: u64) -> Process {
    let [service, language, component] = names;
    Process { service, language, component, host, pid, share }
}

const GATEWAY: [&str; 3] = ["gateway", "go", "edge"];
const ORDERS: [&str; 3] = ["orders", "java", "api"];
const USERS: [&str; 3] = ["users", "java", "api"];
const SEARCH: [&str; 3] = ["search", "rust", "api"];
const CART: [&str; 3] = ["cart", "node", "api"];
const BILLING: [&str; 3] = ["billing", "python", "worker"];
const SHIPPING: [&str; 3] = ["shipping", "dotnet", "worker"];
const MAIL: [&str; 3] = ["mail", "python", "worker"];

/// The shares add up to 64.
pub(crate) const PROCESSES: [Process; 19] = [
    process(GATEWAY, "edge-1", 811, 8),
    process(GATEWAY, "edge-2", 1204, 8),
    process(ORDERS, "app-1", 20411, 6),
    process(ORDERS, "app-2", 18733, 5),
    process(USERS, "app-1", 20417, 4),
    process(USERS, "app-2", 18741, 4),
    process(USERS, "app-3", 977, 4),
    process(SEARCH, "app-3", 981, 3),
    process(SEARCH, "app-4", 3302, 3),
    process(SEARCH, "app-5", 3310, 3),
    process(CART, "app-4", 41, 2),
    process(CART, "app-5", 44, 2),
    process(CART, "app-6", 51, 2),
    process(BILLING, "work-1", 7002, 2),
    process(BILLING, "work-2", 7113, 2),
    process(SHIPPING, "work-1", 7020, 2),
    process(SHIPPING, "work-2", 7121, 2),
    process(MAIL, "work-1", 7044, 1),
    process(MAIL, "work-2", 7133, 1),
];

// SPDX-License-Identifier: GPL-2.0-only
//! The chains: a type of events for each, and what may be answered.

use core::ffi::{CStr, c_int, c_uint};
use core::fmt;
use core::net::Ipv4Addr;
use core::ops::Deref;

use kmod_bindings::{self as bindings, kmod_event, kmod_notifier};

use crate::error::Result;
use crate::str::c_str;

/// What a chain calls.
type Handler = unsafe extern "C" fn(*mut kmod_notifier, *const kmod_event) -> c_int;

/// Where a chain's handlers run.
#[derive(Clone, Copy)]
pub enum Context {
    /// In process context: they may sleep.
    Process,
    /// Where nothing may sleep.
    Atomic,
    /// Where nothing may sleep, and the kernel may be in the middle of anything: a lock that is to be
    /// waited for may be one that the handler's own CPU holds.
    Anywhere,
    /// The same, and the kernel may be printing, or hold a lock that printing waits for.
    Within,
}

/// The events of one of the kernel's chains.
///
/// # Safety
///
/// `register` has the handler called with the notifier, in the chain's context, as `kmod_*_register()`
/// of `kmod-bindings` promises; when `unregister` returns, the handler does not run and will not.
pub unsafe trait Event: Sized + 'static {
    /// What a handler returns: `()` where nobody asks, `Result` where it may refuse.
    type Answer: Answer;

    /// Where handlers run.
    #[doc(hidden)]
    const CONTEXT: Context;

    /// The event, if it is known.
    #[doc(hidden)]
    fn of(event: &kmod_event) -> Option<Self>;

    /// Adds a notifier to the chain.
    ///
    /// # Safety
    ///
    /// It is zeroes or was unregistered, and stays until it was unregistered; `handler` may be called
    /// with it in the chain's context.
    #[doc(hidden)]
    unsafe fn register(notifier: *mut kmod_notifier, handler: Handler) -> c_int;

    /// Takes it out, and waits for its handler.
    ///
    /// # Safety
    ///
    /// It was added.
    #[doc(hidden)]
    unsafe fn unregister(notifier: *mut kmod_notifier);
}

/// What a handler returns to its chain.
pub trait Answer {
    /// As C's functions take it: 0, a negative errno, or `KMOD_EVENT_TAKEN`.
    #[doc(hidden)]
    fn code(self) -> c_int;
}

impl Answer for () {
    fn code(self) -> c_int {
        0
    }
}

impl Answer for Result {
    fn code(self) -> c_int {
        self.map_or_else(|error| error.to_errno(), |()| 0)
    }
}

/// What becomes of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keypress {
    /// What would without the notifier.
    Pass,
    /// Nothing: the console does not see it, nor do notifiers that were added later.
    Taken,
}

impl Answer for Keypress {
    fn code(self) -> c_int {
        match self {
            Self::Pass => 0,
            Self::Taken => bindings::KMOD_EVENT_TAKEN,
        }
    }
}

/// A name in an event, of at most 63 bytes of any encoding: the event's own copy, since the kernel's may
/// change. `{}` shows what is not UTF-8 as U+FFFD.
///
/// # Invariants
///
/// One of the bytes is NUL.
#[derive(Clone, Copy)]
pub struct EventName([u8; NAME_LEN]);

const NAME_LEN: usize = 64;

impl EventName {
    fn of(event: &kmod_event) -> Self {
        let mut name = event.name;
        // INVARIANT: C ends it with a NUL; whatever it does, the last one is.
        name[NAME_LEN - 1] = 0;
        Self(name)
    }
}

impl Deref for EventName {
    type Target = CStr;

    fn deref(&self) -> &CStr {
        // By the invariant there is one.
        CStr::from_bytes_until_nul(&self.0).unwrap_or_default()
    }
}

impl PartialEq<CStr> for EventName {
    fn eq(&self, other: &CStr) -> bool {
        **self == *other
    }
}

impl fmt::Display for EventName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        c_str(self).fmt(f)
    }
}

impl fmt::Debug for EventName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

/// The `Event` of a chain: its functions in C, its context, what is answered, and how an event is read.
macro_rules! chain {
    ($event:ident, $register:ident, $unregister:ident, $context:ident, $answer:ty, $of:expr) => {
        // SAFETY: The functions do what `kmod-bindings` says of all of these.
        unsafe impl Event for $event {
            type Answer = $answer;
            const CONTEXT: Context = Context::$context;

            fn of(event: &kmod_event) -> Option<Self> {
                let of: fn(&kmod_event) -> Option<Self> = $of;
                of(event)
            }

            unsafe fn register(notifier: *mut kmod_notifier, handler: Handler) -> c_int {
                // SAFETY: It is not in a chain, and stays; the handler takes it (the caller's promise).
                unsafe { bindings::$register(notifier, Some(handler)) }
            }

            unsafe fn unregister(notifier: *mut kmod_notifier) {
                // SAFETY: It is in the chain (the caller's promise).
                unsafe { bindings::$unregister(notifier) };
            }
        }
    };
}

/// `#[notifier(reboot)]`: what the system is about to do, `register_reboot_notifier()`. In process
/// context, before devices are shut down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RebootEvent {
    /// It starts anew.
    Restart,
    /// It halts.
    Halt,
    /// It is switched off.
    PowerOff,
}

chain!(
    RebootEvent,
    kmod_reboot_register,
    kmod_reboot_unregister,
    Process,
    (),
    |event| match event.what {
        bindings::KMOD_REBOOT_RESTART => Some(RebootEvent::Restart),
        bindings::KMOD_REBOOT_HALT => Some(RebootEvent::Halt),
        bindings::KMOD_REBOOT_POWER_OFF => Some(RebootEvent::PowerOff),
        _ => None,
    }
);

/// `#[notifier(module)]`: what becomes of modules, `register_module_notifier()`. In process context, the
/// handler's own module included.
#[derive(Clone, Copy, Debug)]
pub enum ModuleEvent {
    /// It is about to be initialised. A handler that returns an error refuses it: the error is that of
    /// `insmod`.
    Coming(EventName),
    /// It has been initialised.
    Live(EventName),
    /// It has been left, or its initialisation has failed.
    Going(EventName),
}

chain!(
    ModuleEvent,
    kmod_module_events_register,
    kmod_module_events_unregister,
    Process,
    Result,
    |event| match event.what {
        bindings::KMOD_MODULE_COMING => Some(ModuleEvent::Coming(EventName::of(event))),
        bindings::KMOD_MODULE_LIVE => Some(ModuleEvent::Live(EventName::of(event))),
        bindings::KMOD_MODULE_GOING => Some(ModuleEvent::Going(EventName::of(event))),
        _ => None,
    }
);

/// `#[notifier(netdevice)]`: what becomes of network devices, `register_netdevice_notifier()`. In process
/// context, under the network's lock (`rtnl_lock()`).
///
/// When the notifier is registered, the handler is told of all devices that are there, as if they came;
/// when it is taken back, as if they went.
#[derive(Clone, Copy, Debug)]
pub struct NetdeviceEvent {
    /// What it is.
    pub kind: NetdeviceKind,
    /// The device's name, at that time.
    pub name: EventName,
    /// The device's number in its namespace.
    pub ifindex: i32,
    /// The namespace: the number of its inode, as `/proc/PID/ns/net` shows it.
    pub namespace: u32,
}

/// What has become of a network device. An error refuses what is called `Pre`; of others nobody asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NetdeviceKind {
    /// `NETDEV_UP`
    Up,
    /// `NETDEV_DOWN`
    Down,
    /// `NETDEV_CHANGE`: its flags or its link.
    Change,
    /// `NETDEV_REGISTER`
    Register,
    /// `NETDEV_UNREGISTER`
    Unregister,
    /// `NETDEV_CHANGEMTU`
    ChangeMtu,
    /// `NETDEV_CHANGEADDR`
    ChangeAddr,
    /// `NETDEV_GOING_DOWN`
    GoingDown,
    /// `NETDEV_CHANGENAME`
    ChangeName,
    /// `NETDEV_PRE_UP`
    PreUp,
    /// `NETDEV_PRECHANGEMTU`
    PreChangeMtu,
    /// `NETDEV_PRE_CHANGEADDR`
    PreChangeAddr,
    /// Another one.
    Other,
}

chain!(
    NetdeviceEvent,
    kmod_netdevice_register,
    kmod_netdevice_unregister,
    Process,
    Result,
    |event| Some(NetdeviceEvent {
        kind: match event.what {
            bindings::KMOD_NETDEVICE_UP => NetdeviceKind::Up,
            bindings::KMOD_NETDEVICE_DOWN => NetdeviceKind::Down,
            bindings::KMOD_NETDEVICE_CHANGE => NetdeviceKind::Change,
            bindings::KMOD_NETDEVICE_REGISTER => NetdeviceKind::Register,
            bindings::KMOD_NETDEVICE_UNREGISTER => NetdeviceKind::Unregister,
            bindings::KMOD_NETDEVICE_CHANGE_MTU => NetdeviceKind::ChangeMtu,
            bindings::KMOD_NETDEVICE_CHANGE_ADDR => NetdeviceKind::ChangeAddr,
            bindings::KMOD_NETDEVICE_GOING_DOWN => NetdeviceKind::GoingDown,
            bindings::KMOD_NETDEVICE_CHANGE_NAME => NetdeviceKind::ChangeName,
            bindings::KMOD_NETDEVICE_PRE_UP => NetdeviceKind::PreUp,
            bindings::KMOD_NETDEVICE_PRE_CHANGE_MTU => NetdeviceKind::PreChangeMtu,
            bindings::KMOD_NETDEVICE_PRE_CHANGE_ADDR => NetdeviceKind::PreChangeAddr,
            _ => NetdeviceKind::Other,
        },
        name: EventName::of(event),
        ifindex: event.number,
        namespace: event.value,
    })
);

/// `#[notifier(inetaddr)]`: addresses of IPv4 that devices get and lose, `register_inetaddr_notifier()`.
/// In process context, under the network's lock (`rtnl_lock()`).
#[derive(Clone, Copy, Debug)]
pub struct InetaddrEvent {
    /// Whether the device has got it; else it has lost it.
    pub up: bool,
    /// The address.
    pub address: Ipv4Addr,
    /// How many of its bits are the network's.
    pub prefix: u8,
    /// The device's name, at that time.
    pub name: EventName,
    /// The device's number in its namespace.
    pub ifindex: i32,
}

chain!(
    InetaddrEvent,
    kmod_inetaddr_register,
    kmod_inetaddr_unregister,
    Process,
    (),
    |event| Some(InetaddrEvent {
        up: event.what == bindings::KMOD_INETADDR_UP,
        address: Ipv4Addr::from_bits(event.value),
        prefix: u8::try_from(event.more).unwrap_or(u8::MAX),
        name: EventName::of(event),
        ifindex: event.number,
    })
);

/// `#[notifier(pm)]`: the system is to sleep, and has woken, `register_pm_notifier()`. In process context,
/// while user space still runs. An error refuses what is called `Prepare`, and those that were told of it
/// are told of the `Post`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PmEvent {
    /// It is to hibernate.
    HibernationPrepare,
    /// It has hibernated, or has not.
    PostHibernation,
    /// It is to be suspended.
    SuspendPrepare,
    /// It was suspended, or was not.
    PostSuspend,
    /// An image is to be restored.
    RestorePrepare,
    /// It could not be.
    PostRestore,
}

chain!(
    PmEvent,
    kmod_pm_register,
    kmod_pm_unregister,
    Process,
    Result,
    |event| match event.what {
        bindings::KMOD_PM_HIBERNATION_PREPARE => Some(PmEvent::HibernationPrepare),
        bindings::KMOD_PM_POST_HIBERNATION => Some(PmEvent::PostHibernation),
        bindings::KMOD_PM_SUSPEND_PREPARE => Some(PmEvent::SuspendPrepare),
        bindings::KMOD_PM_POST_SUSPEND => Some(PmEvent::PostSuspend),
        bindings::KMOD_PM_RESTORE_PREPARE => Some(PmEvent::RestorePrepare),
        bindings::KMOD_PM_POST_RESTORE => Some(PmEvent::PostRestore),
        _ => None,
    }
);

/// `#[notifier(cpu)]`: CPUs that come and go, `cpuhp_setup_state_multi()`. In process context, in a thread
/// of that CPU.
///
/// When the notifier is registered, the handler is told of all CPUs that are online, as if they came; when
/// it is taken back, as if they went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CpuEvent {
    /// It is online. An error refuses it: it goes again; for those that are there already, the module is
    /// not loaded.
    Online(u32),
    /// It goes offline. It cannot be refused.
    Offline(u32),
}

chain!(
    CpuEvent,
    kmod_cpu_register,
    kmod_cpu_unregister,
    Process,
    Result,
    |event| {
        let cpu = event.number.cast_unsigned();
        match event.what {
            bindings::KMOD_CPU_ONLINE => Some(CpuEvent::Online(cpu)),
            bindings::KMOD_CPU_OFFLINE => Some(CpuEvent::Offline(cpu)),
            _ => None,
        }
    }
);

/// `#[notifier(keyboard)]`: a key of the console, `register_keyboard_notifier()`. In atomic context, in the
/// keyboard's interrupt as a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyboardEvent {
    /// What is known of it.
    pub kind: KeyKind,
    /// Its code, its character or its symbol.
    pub value: u32,
    /// Whether it is down; else it was let go.
    pub down: bool,
    /// Which shifts are held, as bits.
    pub shift: u32,
}

/// What is known of a key: one press is told with each of some of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// Its code: `KBD_KEYCODE`.
    Keycode,
    /// Its code, of which the console makes nothing: `KBD_UNBOUND_KEYCODE`.
    Unbound,
    /// The character that is made of it: `KBD_UNICODE`.
    Unicode,
    /// The symbol that is made of it: `KBD_KEYSYM`.
    Keysym,
    /// The same, once the console has dealt with it: `KBD_POST_KEYSYM`.
    PostKeysym,
}

chain!(
    KeyboardEvent,
    kmod_keyboard_register,
    kmod_keyboard_unregister,
    Atomic,
    Keypress,
    |event| {
        let kind = match event.what {
            bindings::KMOD_KEYBOARD_KEYCODE => KeyKind::Keycode,
            bindings::KMOD_KEYBOARD_UNBOUND => KeyKind::Unbound,
            bindings::KMOD_KEYBOARD_UNICODE => KeyKind::Unicode,
            bindings::KMOD_KEYBOARD_KEYSYM => KeyKind::Keysym,
            bindings::KMOD_KEYBOARD_POST_KEYSYM => KeyKind::PostKeysym,
            _ => return None,
        };
        Some(KeyboardEvent {
            kind,
            value: event.value,
            down: event.number != 0,
            shift: event.more,
        })
    }
);

/// `#[notifier(die)]`: an oops, or a trap of a task that the kernel tells debuggers of,
/// `register_die_notifier()`. In atomic context, wherever the kernel is.
#[derive(Clone, Copy, Debug)]
pub struct DieEvent {
    /// Whether it is an oops of the kernel.
    pub oops: bool,
    /// Whether a task's own code did it; else the kernel's.
    pub in_user: bool,
    /// What it is called.
    pub name: EventName,
    /// The number of the trap.
    pub trap: i32,
    /// The error code that comes with it.
    pub error: i64,
    /// The signal that it is.
    pub signal: c_uint,
}

chain!(
    DieEvent,
    kmod_die_register,
    kmod_die_unregister,
    Within,
    (),
    |event| Some(DieEvent {
        oops: event.what == bindings::KMOD_DIE_OOPS,
        in_user: event.more != 0,
        name: EventName::of(event),
        trap: event.number,
        error: event.error,
        signal: event.value,
    })
);

/// `#[notifier(panic)]`: the kernel panics, `panic_notifier_list`. In atomic context, on the only CPU that
/// still runs.
#[derive(Clone, Copy, Debug)]
pub struct PanicEvent {
    /// Why, the first 63 bytes of it.
    pub reason: EventName,
}

chain!(
    PanicEvent,
    kmod_panic_register,
    kmod_panic_unregister,
    Anywhere,
    (),
    |event| Some(PanicEvent {
        reason: EventName::of(event)
    })
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::code::EBUSY;
    use std::string::ToString;

    fn event(what: c_uint, name: &[u8]) -> kmod_event {
        let mut event = kmod_event {
            what,
            number: 3,
            value: 0x7f00_0001,
            more: 8,
            error: 0,
            name: [0; NAME_LEN],
        };
        for (to, from) in event.name.iter_mut().zip(name) {
            *to = *from;
        }
        event
    }

    #[test]
    fn a_name_ends_wherever_it_is_cut() {
        let long = EventName::of(&event(1, &[b'x'; NAME_LEN]));
        assert_eq!(long.to_bytes().len(), NAME_LEN - 1);
        let name = EventName::of(&event(1, b"eth\xff\0left over"));
        assert_eq!(name.to_string(), "eth\u{fffd}");
    }

    #[test]
    fn what_is_not_known_is_not_told() {
        assert_eq!(RebootEvent::of(&event(4, b"")), None);
        assert_eq!(PmEvent::of(&event(0, b"")), None);
        assert!(ModuleEvent::of(&event(9, b"m")).is_none());
        let other = NetdeviceEvent::of(&event(99, b"lo")).map(|event| event.kind);
        assert_eq!(other, Some(NetdeviceKind::Other));
    }

    #[test]
    fn an_address_is_in_the_order_of_the_network() {
        let event = InetaddrEvent::of(&event(bindings::KMOD_INETADDR_UP, b"lo"));
        let event = event.expect("it is known");
        assert_eq!((event.address, event.prefix), (Ipv4Addr::LOCALHOST, 8));
    }

    #[test]
    fn answers_are_those_of_the_chains() {
        assert_eq!(().code(), 0);
        assert_eq!(Err(EBUSY).code(), EBUSY.to_errno());
        assert!(EBUSY.to_errno() < 0);
        assert_eq!(Keypress::Taken.code(), bindings::KMOD_EVENT_TAKEN);
    }
}

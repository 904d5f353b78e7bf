// SPDX-License-Identifier: GPL-2.0-only
//! Notifiers of each chain, which write down what they hear; the twin has the same ones in C.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::notifier::{
    CpuEvent, DieEvent, InetaddrEvent, KeyboardEvent, Keypress, ModuleEvent, NetdeviceEvent,
    NetdeviceKind, PanicEvent, PmEvent, RebootEvent,
};
use kmod_core::prelude::*;
use kmod_core::task::signal::{SIGKILL, SIGUSR1};

/// The module
#[kernel_module(
    name = "vm_hooks",
    license = "GPL",
    params(
        /// Whether a CPU is refused
        no_cpu: bool = false,
    ),
)]
struct Hooks {
    /// A line for each event.
    #[proc(path = "vm_hooks/heard", mode = 0o644)]
    heard: Heard,
    /// Whether what comes is refused.
    #[proc(path = "vm_hooks/refuse", mode = 0o644)]
    refuse: AtomicBool,
    /// How often a task's trap was told.
    #[proc(path = "vm_hooks/traps")]
    traps: AtomicU32,
    /// Signals to a process.
    #[proc(path = "vm_hooks/process", mode = 0o644)]
    process: Process,
    no_cpu: bool,
    #[notifier(reboot)]
    reboot: Notifier<Reboot>,
    #[notifier(module)]
    module: Notifier<Modules>,
    #[notifier(netdevice)]
    netdevice: Notifier<Links>,
    #[notifier(inetaddr)]
    inetaddr: Notifier<Addresses>,
    #[notifier(pm)]
    pm: Notifier<Sleep>,
    #[notifier(cpu)]
    cpu: Notifier<Cpus>,
    #[notifier(keyboard)]
    keyboard: Notifier<Keys>,
    #[notifier(die)]
    die: Notifier<Traps>,
    #[notifier(panic)]
    panic: Notifier<Panics>,
    #[platform_driver(name = "vm_hooks", devices = 1)]
    driver: Driver,
    #[pci_driver(name = "vm_hooks", ids = [(0x1b36, 0x0005)])]
    cards: Cards,
    /// What its device has heard.
    #[proc(path = "vm_hooks/of_device")]
    of_device: AtomicU32,
}

impl KernelModule for Hooks {
    fn init(params: &HooksParams) -> Result<Self> {
        Ok(Self {
            heard: Heard::default(),
            refuse: AtomicBool::new(false),
            traps: AtomicU32::new(0),
            process: Process::default(),
            no_cpu: params.no_cpu(),
            reboot: Notifier::default(),
            module: Notifier::default(),
            netdevice: Notifier::default(),
            inetaddr: Notifier::default(),
            pm: Notifier::default(),
            cpu: Notifier::default(),
            keyboard: Notifier::default(),
            die: Notifier::default(),
            panic: Notifier::default(),
            driver: Driver,
            cards: Cards,
            of_device: AtomicU32::new(0),
        })
    }
}

impl Hooks {
    /// What is said of an event that may be refused.
    fn answer(&self) -> Result {
        match self.refuse.load(Ordering::Relaxed) {
            true => Err(EBUSY),
            false => Ok(()),
        }
    }
}

/// The lines, until they are cleared by a write.
#[derive(Default)]
struct Heard(Mutex<KVec<u8>>);

/// How much is kept.
const HEARD_MAX: usize = 16 << 10;

impl Heard {
    fn line(&self, words: &[&str]) {
        let mut heard = self.0.lock();
        if heard.len() > HEARD_MAX {
            return;
        }
        for word in words.iter().chain(&["\n"]) {
            // What does not fit is missed by the test.
            let _ = heard.extend_from_slice(word.as_bytes(), GFP_KERNEL);
        }
    }
}

#[handlers]
impl TextFile for Heard {
    fn show(&self, _file: &TextCall<'_, Self>, to: &mut SeqFile<'_>) -> Result {
        to.write(&self.0.lock());
        Ok(())
    }

    fn write(&self, _file: &TextCall<'_, Self>, from: &mut UserReader<'_>) -> Result {
        self.0.lock().clear();
        from.skip(from.len())
    }
}

/// The process whose number was written last; 0 is the writer's own. A negative number is a signal to it.
#[derive(Default)]
struct Process(Mutex<Option<Pid>>);

#[handlers]
impl TextFile for Process {
    fn show(&self, _file: &TextCall<'_, Self>, to: &mut SeqFile<'_>) -> Result {
        match &*self.0.lock() {
            Some(pid) => writeln!(to, "{}", pid.number()),
            None => writeln!(to, "none"),
        }
    }

    fn write(&self, file: &TextCall<'_, Self>, from: &mut UserReader<'_>) -> Result {
        let number: i32 = from.parse()?;
        let mut process = self.0.lock();
        let send = |signal| process.as_ref().ok_or(ENODATA)?.clone().signal(signal);
        match number {
            -10 => return send(SIGUSR1),
            -9 => return send(SIGKILL),
            0 => *process = Some(file.caller().process()),
            number => *process = Some(file.caller().find_process(number).ok_or(ESRCH)?),
        }
        Ok(())
    }
}

#[derive(Default)]
struct Reboot;

#[handlers]
impl NotifierHandler for Reboot {
    type Instance = Hooks;
    type Event = RebootEvent;

    fn notify(&self, call: &NotifierCall<'_, Self>) {
        match call.event() {
            RebootEvent::Restart => pr_info!("restart\n"),
            RebootEvent::Halt => pr_info!("halt\n"),
            RebootEvent::PowerOff => pr_info!("power off\n"),
        }
    }
}

#[derive(Default)]
struct Modules;

#[handlers]
impl NotifierHandler for Modules {
    type Instance = Hooks;
    type Event = ModuleEvent;

    fn notify(&self, call: &NotifierCall<'_, Self>) -> Result {
        let (what, name, answer) = match call.event() {
            ModuleEvent::Coming(name) => ("coming ", name, call.instance().answer()),
            ModuleEvent::Live(name) => ("live ", name, Ok(())),
            // Nobody looks at it.
            ModuleEvent::Going(name) => ("going ", name, Err(EIO)),
        };
        let heard = &call.instance().heard;
        heard.line(&["module ", what, name.to_str().unwrap_or("?")]);
        answer
    }
}

#[derive(Default)]
struct Links;

#[handlers]
impl NotifierHandler for Links {
    type Instance = Hooks;
    type Event = NetdeviceEvent;

    fn notify(&self, call: &NotifierCall<'_, Self>) -> Result {
        let event = call.event();
        let what = match event.kind {
            NetdeviceKind::Up => "up ",
            NetdeviceKind::Down => "down ",
            NetdeviceKind::Register => "register ",
            NetdeviceKind::Unregister => "unregister ",
            NetdeviceKind::GoingDown => "going down ",
            NetdeviceKind::PreUp => "pre up ",
            NetdeviceKind::PreChangeMtu => "pre change mtu ",
            NetdeviceKind::ChangeMtu => "change mtu ",
            _ => "other ",
        };
        let name = event.name.to_str().unwrap_or("?");
        call.instance().heard.line(&["netdevice ", what, name]);
        // Of most, nobody looks at it.
        call.instance().answer()
    }
}

#[derive(Default)]
struct Addresses;

#[handlers]
impl NotifierHandler for Addresses {
    type Instance = Hooks;
    type Event = InetaddrEvent;

    fn notify(&self, call: &NotifierCall<'_, Self>) {
        let event = call.event();
        let what = if event.up { "up " } else { "down " };
        let [a, b, c, d] = event.address.octets();
        // The test's are these.
        let address = match (a, b, c, d, event.prefix) {
            (127, 0, 0, 1, 8) => " 127.0.0.1/8",
            (10, 1, 2, 3, 8) => " 10.1.2.3/8",
            _ => " another",
        };
        let name = event.name.to_str().unwrap_or("?");
        let heard = &call.instance().heard;
        heard.line(&["inetaddr ", what, name, address]);
    }
}

#[derive(Default)]
struct Sleep;

#[handlers]
impl NotifierHandler for Sleep {
    type Instance = Hooks;
    type Event = PmEvent;

    fn notify(&self, call: &NotifierCall<'_, Self>) -> Result {
        let what = match call.event() {
            PmEvent::SuspendPrepare => "suspend",
            PmEvent::PostSuspend => "post suspend",
            _ => "another",
        };
        call.instance().heard.line(&["pm ", what]);
        call.instance().answer()
    }
}

#[derive(Default)]
struct Cpus;

#[handlers]
impl NotifierHandler for Cpus {
    type Instance = Hooks;
    type Event = CpuEvent;

    fn notify(&self, call: &NotifierCall<'_, Self>) -> Result {
        let hooks = call.instance();
        let (what, cpu, answer) = match *call.event() {
            CpuEvent::Online(1) if hooks.no_cpu => ("online ", 1, Err(EXDEV)),
            CpuEvent::Online(cpu) => ("online ", cpu, hooks.answer()),
            CpuEvent::Offline(cpu) => ("offline ", cpu, Err(EIO)),
        };
        hooks
            .heard
            .line(&["cpu ", what, if cpu == 0 { "0" } else { "1" }]);
        answer
    }
}

#[derive(Default)]
struct Keys;

#[handlers]
impl NotifierHandler for Keys {
    type Event = KeyboardEvent;

    fn notify(&self, _call: &NotifierCall<'_, Self>) -> Keypress {
        Keypress::Pass
    }
}

#[derive(Default)]
struct Traps;

#[handlers]
impl NotifierHandler for Traps {
    type Instance = Hooks;
    type Event = DieEvent;

    fn notify(&self, call: &NotifierCall<'_, Self>) {
        let event = call.event();
        if event.in_user && !event.oops {
            call.instance().traps.fetch_add(1, Ordering::Relaxed);
        }
    }
}

#[derive(Default)]
struct Panics;

#[handlers]
impl NotifierHandler for Panics {
    type Event = PanicEvent;

    fn notify(&self, call: &NotifierCall<'_, Self>) {
        pr_emerg!("heard of {}\n", call.event().reason);
    }
}

#[derive(Default)]
struct Driver;

#[handlers]
impl PlatformDriver for Driver {
    type Device = Card;

    fn probe(&self, _device: &PlatformDevice<'_, Self>) -> Result<Card> {
        Ok(Card::default())
    }

    fn shutdown(&self, _card: &Card) {
        pr_info!("its device is shut down\n");
    }
}

/// A device hears, too.
#[device]
#[derive(Default)]
struct Card {
    #[notifier(netdevice)]
    links: Notifier<Counts>,
    #[notifier(die)]
    traps: Notifier<CountsTraps>,
    heard: AtomicU32,
}

#[derive(Default)]
struct Counts;

#[handlers]
impl NotifierHandler for Counts {
    type Module = Hooks;
    type Instance = Card;
    type Event = NetdeviceEvent;

    fn notify(&self, call: &NotifierCall<'_, Self>) -> Result {
        call.instance().heard.fetch_add(1, Ordering::Relaxed);
        call.module().of_device.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

#[derive(Default)]
struct CountsTraps;

#[handlers]
impl NotifierHandler for CountsTraps {
    type Instance = Card;
    type Event = DieEvent;

    fn notify(&self, call: &NotifierCall<'_, Self>) {
        call.instance().heard.fetch_add(1, Ordering::Relaxed);
    }
}

#[derive(Default)]
struct Cards;

#[handlers]
impl PciDriver for Cards {
    type Device = PciCard;

    fn probe(&self, _pci: &PciDevice<'_, Self>) -> Result<PciCard> {
        Ok(PciCard::default())
    }

    fn shutdown(&self, card: &PciCard) {
        if card.config.read_config(0) == Ok(0x1b36_u16) {
            pr_info!("its card is shut down\n");
        }
    }
}

#[device]
#[derive(Default)]
struct PciCard {
    #[bus]
    config: PciConfig,
}

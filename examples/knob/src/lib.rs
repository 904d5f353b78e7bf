// SPDX-License-Identifier: GPL-2.0-only
//! A knob that is turned and pressed, with a lamp, on GPIO lines that firmware tells of.
//!
//! In a device tree it is:
//!
//!     knob {
//!             compatible = "kmod,knob";
//!             phase-gpios = <&gpio 17 GPIO_ACTIVE_LOW>, <&gpio 27 GPIO_ACTIVE_LOW>;
//!             button-gpios = <&gpio 22 GPIO_ACTIVE_LOW>;
//!             lamp-gpios = <&gpio 23 GPIO_ACTIVE_HIGH>;
//!     };
//!
//! Its two contacts close one after the other, and open so, which is four changes for each click. Which is first says
//! which way it turns. Contacts bounce: between two neighbouring states a phase goes to and fro, which comes to nothing,
//! and the button counts once it has been at rest, which its chip sees to if it can.
#![no_std]
#![forbid(unsafe_code)]

use core::time::Duration;

use kmod_core::prelude::*;

/// Drives a knob with a button and a lamp
#[kernel_module(
    name = "knob",
    license = "GPL",
    authors = ["The kmod developers"],
    params(
        /// Changes of its phases for each click
        #[param(range = 1..=4)]
        changes: i32 = 4,
    ),
)]
#[derive(Default)]
struct Module {
    #[platform_driver(of = ["kmod,knob"])]
    knob: Driver,
}

#[derive(Default)]
struct Driver;

#[handlers]
impl PlatformDriver for Driver {
    type Device = Knob;

    fn probe(&self, _device: &PlatformDevice<'_, Self>) -> Result<Knob> {
        Ok(Knob::default())
    }
}

/// For how long the button is at rest before it counts.
const BOUNCES: Duration = Duration::from_millis(10);

/// One knob.
#[device]
#[derive(Default)]
struct Knob {
    #[gpio]
    phase: [GpioInput<NoSleep>; 2],
    #[gpio(optional = true)]
    button: GpioInput<NoSleep>,
    #[gpio(optional = true)]
    lamp: GpioOutput,
    /// Where it is between two clicks.
    turn: SpinLockIrq<Turn>,
    /// How many clicks it was turned to the right since it is bound.
    #[sysfs]
    position: AtomicI32,
    /// Waits for the button to be at rest, if its chip does not.
    #[timer]
    rest: Timer<Rest>,
    #[input(name = "Knob", keys(KEY_ENTER), relative(REL_DIAL), bustype = 0x19)]
    input: Input<Events>,
    #[led(name = "knob{index}::indicator", max_brightness = 1)]
    led: Led<Lamp>,
    #[irq(gpio = phase, edge = both)]
    turned: [Irq<Turned>; 2],
    #[irq(gpio = button, edge = both)]
    pressed: Irq<Pressed>,
}

/// Where a knob is between two clicks.
#[derive(Default)]
struct Turn {
    /// 0 to 3, in the order in which turning to the right goes through what its phases are.
    state: i32,
    /// Changes to the right since the last click.
    changes: i32,
}

impl Turn {
    /// What its phases are now; how many clicks these are: 1, -1 or 0.
    fn change(&mut self, phase: [bool; 2], for_a_click: i32) -> i32 {
        let state = match phase {
            [false, false] => 0,
            [true, false] => 1,
            [true, true] => 2,
            [false, true] => 3,
        };
        match (state - self.state).rem_euclid(4) {
            1 => self.changes += 1,
            3 => self.changes -= 1,
            // Of two changes at once nobody knows which way they went.
            _ => {}
        }
        self.state = state;
        let click = self.changes / for_a_click;
        self.changes %= for_a_click;
        click
    }
}

#[derive(Default)]
struct Turned;

#[handlers]
impl IrqHandler for Turned {
    type Instance = Knob;

    fn handle(&self, irq: &IrqCall<'_, Self>) -> IrqReturn {
        let knob = irq.instance();
        // Both have an interrupt, which may come at once: what was read last is what counts last.
        let click = knob.turn.with(|turn| {
            let phase = knob.phase.get_array_value().ok()?;
            Some(turn.change(phase, Module::params().changes()))
        });
        if let Some(click @ (1 | -1)) = click {
            knob.position.fetch_add(click, Ordering::Relaxed);
            knob.input.report_rel(input::REL_DIAL, click);
            knob.input.sync();
        }
        IrqReturn::Handled
    }
}

impl Knob {
    /// Reports what the button is.
    fn report_button(&self) {
        if let Ok(is_pressed) = self.button.get() {
            self.input.report_key(input::KEY_ENTER, is_pressed);
            self.input.sync();
        }
    }
}

#[derive(Default)]
struct Pressed;

#[handlers]
impl IrqHandler for Pressed {
    type Instance = Knob;

    fn handle(&self, irq: &IrqCall<'_, Self>) -> IrqReturn {
        let knob = irq.instance();
        if knob.input.handler().chip_debounces.load(Ordering::Relaxed) {
            knob.report_button();
        } else {
            knob.rest.arm(BOUNCES);
        }
        IrqReturn::Handled
    }
}

#[derive(Default)]
struct Rest;

#[handlers]
impl TimerHandler for Rest {
    type Instance = Knob;

    fn expired(&self, timer: &TimerCall<'_, Self>) -> Again {
        timer.instance().report_button();
        Again::No
    }
}

/// Whom it is reported to.
#[derive(Default)]
struct Events {
    chip_debounces: AtomicBool,
}

#[handlers]
impl InputOps for Events {
    type Instance = Knob;

    fn open(&self, input: &InputCall<'_, Self>) -> Result {
        let knob = input.instance();
        let asked = knob.button.set_config(GpioConfig::Debounce(BOUNCES));
        self.chip_debounces.store(asked.is_ok(), Ordering::Relaxed);
        // It may be pressed already.
        knob.report_button();
        Ok(())
    }
}

#[derive(Default)]
struct Lamp;

#[handlers]
impl LedOps for Lamp {
    type Instance = Knob;

    fn brightness_set_blocking(&self, led: &LedCall<'_, Self>, brightness: u32) -> Result {
        led.instance().lamp.set(brightness > 0)
    }
}

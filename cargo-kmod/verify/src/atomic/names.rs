// SPDX-License-Identifier: GPL-2.0-only
//! Names by which a module's code shows that it is atomic, and that it sleeps.
//!
//! A facility whose callbacks are atomic adds its line to [`ENTRIES`], a lock or a reader to
//! `LOCKS`, a function that may sleep to [`SLEEPS`], one that prints to `PRINTS`. Where a helper of `kmod-bindings` does nothing
//! but jump to a function of the kernel's, the link has calls go there at once: both names are given.

/// Whom a lock is for: each may interrupt those before it, and so must not wait for what they hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Context {
    /// An RCU reader: nobody waits for it here.
    #[default]
    Reader,
    /// Tasks.
    Task,
    /// Timers, too.
    Softirq,
    /// Interrupts, too.
    Interrupt,
    /// Whatever the kernel is in the middle of: no lock is for it.
    Anywhere,
    /// The same, and that may be printing, or the scheduler: no message is for it that is printed at once.
    Within,
}

impl Context {
    /// The lock of `kmod-core` that is for it, as far as one is.
    pub fn lock(self) -> &'static str {
        match self {
            Self::Reader | Self::Task => "SpinLock",
            Self::Softirq => "SpinLockBh",
            Self::Interrupt | Self::Anywhere | Self::Within => "SpinLockIrq",
        }
    }
}

/// A function of `kmod-core` that the kernel calls where nothing may sleep. It is generic over the
/// module's types.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its path.
    pub path: &'static str,
    /// What it is.
    pub what: &'static str,
    /// Whom it interrupts: all before that.
    pub context: Context,
}

/// All of these.
pub const ENTRIES: &[Entry] = &[
    Entry {
        path: "kmod_core::timer::expired",
        what: "a timer's handler",
        context: Context::Softirq,
    },
    Entry {
        path: "kmod_core::hrtimer::hrtimer_expired",
        what: "a fine timer's handler",
        context: Context::Softirq,
    },
    Entry {
        path: "kmod_core::irq::object::irq_raised",
        what: "an interrupt's handler",
        context: Context::Interrupt,
    },
    Entry {
        path: "kmod_core::notifier::notified_in_atomic",
        what: "an atomic notifier's handler",
        context: Context::Interrupt,
    },
    Entry {
        path: "kmod_core::notifier::notified_anywhere",
        what: "the handler of a notifier of panics",
        context: Context::Anywhere,
    },
    Entry {
        path: "kmod_core::notifier::notified_within",
        what: "the handler of a notifier of oopses and traps",
        context: Context::Within,
    },
    Entry {
        path: "kmod_core::kprobe::entry::probe_entered",
        what: "a probe's handler",
        context: Context::Within,
    },
    Entry {
        path: "kmod_core::kprobe::returned::call_entered",
        what: "a probe's handler",
        context: Context::Within,
    },
    Entry {
        path: "kmod_core::kprobe::returned::call_returned",
        what: "a probe's handler",
        context: Context::Within,
    },
    Entry {
        path: "kmod_core::class::input::ops::input_play_effect",
        what: "an input device's `play_effect`",
        context: Context::Interrupt,
    },
    Entry {
        path: "kmod_core::trace::probe::tracepoint_hit",
        what: "a tracepoint's handler",
        context: Context::Within,
    },
    Entry {
        path: "kmod_core::hid::driver::hid_raw_event",
        what: "a HID driver's `raw_event`",
        context: Context::Interrupt,
    },
    Entry {
        path: "kmod_core::hid::driver::hid_event",
        what: "a HID driver's `event`",
        context: Context::Interrupt,
    },
    Entry {
        path: "kmod_core::hid::driver::hid_play_effect",
        what: "a HID driver's `play_effect`",
        context: Context::Interrupt,
    },
    Entry {
        path: "kmod_core::usb::urb::urb_completed",
        what: "an URB's handler",
        context: Context::Interrupt,
    },
    Entry {
        path: "kmod_core::class::led::led_brightness_set",
        what: "a LED's `brightness_set`",
        context: Context::Interrupt,
    },
    Entry {
        path: "kmod_core::class::led_multicolor::led_colors_set",
        what: "a LED's `brightness_set`",
        context: Context::Interrupt,
    },
    Entry {
        path: "kmod_core::class::led::led_blink_set",
        what: "a LED's `blink_set`",
        context: Context::Interrupt,
    },
    Entry {
        path: "kmod_core::class::gpio_chip::atomic::get_direction",
        what: "a chip's `get_direction`",
        context: Context::Interrupt,
    },
    Entry {
        path: "kmod_core::class::gpio_chip::atomic::direction_input",
        what: "a chip's `direction_input`",
        context: Context::Interrupt,
    },
    Entry {
        path: "kmod_core::class::gpio_chip::atomic::direction_output",
        what: "a chip's `direction_output`",
        context: Context::Interrupt,
    },
    Entry {
        path: "kmod_core::class::gpio_chip::atomic::get",
        what: "a chip's `get`",
        context: Context::Interrupt,
    },
    Entry {
        path: "kmod_core::class::gpio_chip::atomic::set",
        what: "a chip's `set`",
        context: Context::Interrupt,
    },
];

/// Functions of `kmod-core` whose address the kernel is given where nothing may sleep, to call them
/// from a worker; generic as the entries are.
pub const LATER: &[&str] = &["kmod_core::workqueue::own::call"];

/// What takes a lock that is held without sleeping, and what gives it back, by the beginnings of
/// their names, and whom it is for; the first that fits.
const LOCKS: &[(&str, &str, Context)] = &[
    ("kmod_spin_lock_bh", "kmod_spin_unlock_bh", Context::Softirq),
    (
        "kmod_spin_lock_irq",
        "kmod_spin_unlock_irq",
        Context::Interrupt,
    ),
    ("kmod_spin_lock", "kmod_spin_unlock", Context::Task),
    ("_raw_spin_lock_bh", "_raw_spin_unlock_bh", Context::Softirq),
    (
        "_raw_spin_lock_irq",
        "_raw_spin_unlock_irq",
        Context::Interrupt,
    ),
    ("_raw_spin_lock", "_raw_spin_unlock", Context::Task),
    ("rt_spin_lock", "rt_spin_unlock", Context::Task),
    (
        "kmod_rcu_read_lock",
        "kmod_rcu_read_unlock",
        Context::Reader,
    ),
    ("__rcu_read_lock", "__rcu_read_unlock", Context::Reader),
];

/// Names that do not return.
pub const ENDS: &[&str] = &["kmod_bug", "__stack_chk_fail", "panic"];

/// What may sleep, and what to do instead.
pub struct Sleeps {
    /// Names; one that ends in `*` stands for all that begin so.
    pub names: &'static [&'static str],
    /// What they do.
    pub what: &'static str,
    /// What there is for those who may not.
    pub instead: &'static str,
}

/// All that may sleep.
pub const SLEEPS: &[Sleeps] = &[
    Sleeps {
        names: &[
            "out_of_line_wait_on_bit_lock",
            "mutex_lock*",
            "ww_mutex_lock*",
            "rt_mutex_lock*",
            "down",
            "down_interruptible",
            "down_killable",
            "down_timeout",
            "down_read",
            "down_read_interruptible",
            "down_read_killable",
            "down_write",
            "down_write_killable",
            "percpu_down_write",
            "kernel_param_lock",
            "kmod_param_lock",
        ],
        what: "waits for a lock",
        instead: "keep the value in an atomic or a lock whose waiters spin (`SpinLockBh` with timers), \
                  or `try_lock()`",
    },
    Sleeps {
        names: &[
            "kmod_wait_queue_wait",
            "kmod_msr_read",
            "rdmsrl_safe_on_cpu",
            "rdmsrq_safe_on_cpu",
            "kmod_completion_wait*",
            "wait_for_completion*",
            "out_of_line_wait_on_bit*",
            "__wait_on_bit*",
            "wait_woken",
            "schedule",
            "schedule_timeout*",
            "schedule_hrtimeout*",
            "schedule_preempt_disabled",
            "io_schedule*",
            "yield",
        ],
        what: "waits",
        instead: "wake who waits, and have a `Work` do what follows",
    },
    Sleeps {
        names: &[
            "msleep",
            "msleep_interruptible",
            "ssleep",
            "usleep_range*",
            "kmod_usleep_range",
            "fsleep",
            "kmod_fsleep",
        ],
        what: "sleeps",
        instead: "`udelay` for some microseconds, else arm a timer",
    },
    Sleeps {
        names: &[
            "kmod_copy_to_user*",
            "kmod_copy_from_user*",
            "kmod_clear_user",
            "kmod_put_user_*",
            "kmod_get_user_*",
            "kmod_copy_to_iter",
            "kmod_copy_from_iter",
            "_copy_to_user",
            "_copy_from_user",
            "_copy_to_iter*",
            "_copy_from_iter*",
            "copy_user_*",
            "rep_movs_alternative",
            "rep_stos_alternative",
            "clear_user*",
            "__clear_user",
            "__get_user_*",
            "__put_user_*",
            "strncpy_from_user",
            "strnlen_user",
            "strndup_user",
            "memdup_user*",
            "simple_read_from_buffer",
            "simple_write_to_buffer",
            "get_user_pages*",
            "pin_user_pages*",
            "access_process_vm",
        ],
        what: "uses user memory",
        instead: "copy to or from a value of your own before the lock is taken, or after",
    },
    Sleeps {
        names: &[
            "kmod_hash_alloc",
            "kmod_hash_free",
            "kmod_hash_setkey",
            "kmod_hash_start",
            "kmod_cipher_*",
            "kmod_aead_*",
            "crypto_alloc_*",
            "crypto_destroy_tfm",
            "crypto_shash_setkey",
            "crypto_skcipher_*",
            "crypto_aead_*",
        ],
        what: "uses the crypto API, and may sleep for it",
        instead: "make the hash before, and only `digest()` there; what encrypts is for a `Work`",
    },
    Sleeps {
        names: &[
            "kmod_gpiod_get",
            "kmod_gpiod_put",
            "kmod_gpiod_irq_request",
            "kmod_gpiod_get_value_cansleep",
            "kmod_gpiod_set_value_cansleep",
            "kmod_gpiod_get_array_value_cansleep",
            "kmod_gpiod_set_array_value_cansleep",
            "gpiod_get_value_cansleep",
            "gpiod_set_value_cansleep",
            "gpiod_get_array_value_cansleep",
            "gpiod_set_array_value_cansleep",
            "gpiod_put",
        ],
        what: "uses a GPIO line whose chip may sleep",
        instead: "have the line as a `GpioOutput<NoSleep>` or `GpioInput<NoSleep>`, or a work use it",
    },
    Sleeps {
        names: &[
            "kmod_gpiod_direction_input",
            "kmod_gpiod_direction_output",
            "kmod_gpiod_set_config",
            "gpiod_direction_input",
            "gpiod_direction_output",
            "gpiod_set_config",
        ],
        what: "turns or configures a GPIO line, for which a pin controller may sleep",
        instead: "have a `Work` do it",
    },
    Sleeps {
        names: &["kmod_runtime_pm_get", "__pm_runtime_resume"],
        what: "resumes a device",
        instead: "take the guard before the lock is taken, or have a work take it",
    },
    Sleeps {
        names: &[
            "kmod_kmalloc_*",
            "kmod_kvmalloc",
            "kvmalloc_node*",
            "__kvmalloc_node*",
            "vmalloc*",
            "__vmalloc*",
            "vzalloc*",
            "kmod_vmalloc_user",
            "kmod_dma_alloc",
            "dma_alloc_attrs",
            "vfree",
            "alloc_workqueue*",
            "kmod_percpu_alloc",
            "__alloc_percpu*",
            "pcpu_alloc*",
            "kmod_srcu_make",
            "kmod_ida_make",
            "kmod_ida_alloc",
            "init_srcu_struct*",
            "__init_srcu_struct*",
        ],
        what: "allocates, and may sleep for it",
        instead: "`GFP_ATOMIC`, or allocate before",
    },
    Sleeps {
        names: &[
            "synchronize_*",
            "rcu_barrier*",
            "srcu_barrier",
            "kmod_srcu_free",
            "cleanup_srcu_struct",
            "call_usermodehelper*",
            "__request_module",
            "cancel_work_sync",
            "cancel_delayed_work_sync",
            "flush_work",
            "flush_delayed_work",
            "__flush_workqueue",
            "flush_workqueue",
            "drain_workqueue",
            "destroy_workqueue",
            "del_timer_sync",
            "timer_delete_sync",
            "kthread_stop*",
            "kthread_park",
            "disable_irq",
            "free_irq",
            "kmod_irq_*",
            "kmod_pci_irq_*",
            "kmod_platform_irq_*",
            "kmod_i2c_*",
            "kmod_regmap_*",
            "kmod_spi_buffer",
            "kmod_spi_driver_*",
            "kmod_spi_message",
            "kmod_spi_settings",
            "kmod_spi_setup",
            "kmod_spi_write_then_read",
            "kmod_hid_get_report",
            "kmod_hid_set_report",
            "kmod_hid_output_report",
            "kmod_hid_driver_*",
            "kmod_hid_connect",
            "kmod_hid_disconnect",
            "hid_hw_*",
            "__hid_register_driver",
            "hid_unregister_driver",
            "hid_connect",
            "hid_disconnect",
            "kmod_usb_control_*",
            "kmod_usb_read",
            "kmod_usb_write",
            "kmod_usb_clear_halt",
            "kmod_usb_string",
            "kmod_usb_shut",
            "kmod_usb_driver_*",
            "kmod_urb_make",
            "kmod_urb_kill",
            "kmod_urb_free",
            "usb_control_msg*",
            "usb_bulk_msg",
            "usb_interrupt_msg",
            "usb_string",
            "usb_clear_halt",
            "usb_kill_urb",
            "usb_kill_anchored_urbs",
            "usb_poison_urb",
            "usb_poison_anchored_urbs",
            "usb_register_driver",
            "usb_deregister",
            "ec_read",
            "ec_write",
            "ec_transaction",
            "kmod_platform_profile_make",
            "kmod_platform_profile_end",
            "platform_profile_*",
            "kmod_wmi_*",
            "wmi_*",
            "wmidev_*",
            "__wmi_driver_register",
            "kmod_acpi_evaluate",
            "kmod_acpi_notify_*",
            "acpi_evaluate_*",
            "acpi_install_notify_handler",
            "acpi_remove_notify_handler",
            "acpi_os_wait_events_complete",
            "i2c_smbus_*",
            "regmap_*",
            "regcache_*",
            "i2c_transfer*",
            "i2c_register_driver",
            "i2c_del_driver",
            "spi_setup",
            "spi_sync*",
            "spi_write_then_read",
            "__spi_register_driver",
            "kmod_iomem_*",
            "kmod_ports_request",
            "kmod_ports_release",
            "kmod_dma_free",
            "kmod_dma_stop",
            "pci_alloc_irq_vectors*",
            "kmod_pci_reset_function_locked",
            "kmod_pci_try_reset_function",
            "kmod_pci_other_*",
            "pci_dev_put",
            "pci_reset_function*",
            "pci_try_reset_function",
            "request_threaded_irq",
            "kmod_work_end",
            "kmod_work_flush",
            "kmod_workqueue_flush",
            "kmod_sections_drain",
            "kmod_module_wait_unused",
            "misc_register",
            "misc_deregister",
            "device_create*",
            "device_destroy",
            "device_unregister",
            "platform_device_*",
            "platform_driver_unregister",
            "cdev_add",
            "cdev_del",
            "kmod_driver_change",
            "kobject_uevent*",
            "kmod_firmware_request",
            "kmod_firmware_release",
            "kmod_kernel_file_*",
            "vfs_fsync",
            "request_firmware*",
            "release_firmware",
            "filp_open",
            "filp_close",
            "kernel_read",
            "kernel_write",
            // What the kernel has inlined into a helper says so itself.
            "might_sleep",
            "__might_sleep",
            "__might_fault",
            "__cond_resched*",
            "__SCT__might_resched",
            "__SCT__cond_resched",
        ],
        what: "may sleep",
        instead: "have a `Work` do it",
    },
];

/// What the kernel may be in the middle of where [`Context::Anywhere`] is: called from there, it waits
/// for a lock that its own CPU holds, or finds lists half changed. A name that ends in `*` stands for
/// all that begin so.
const BUSY: &[&str] = &[
    "kmod_alloc",
    "kmod_kmalloc_*",
    "kmalloc*",
    "__kmalloc*",
    "kmem_cache_*",
    "krealloc*",
    "kfree*",
    "kvfree*",
    "kmod_percpu_free",
    "kmod_timer_*",
    "mod_timer*",
    "timer_delete*",
    "del_timer*",
    "kmod_hrtimer_*",
    "kmod_work_*",
    "kmod_delayed_work_*",
    "kmod_kthread_*",
    "kmod_wait_queue_wake*",
    "__wake_up*",
    "wake_up_*",
    "complete*",
    "kill_fasync",
    "call_rcu*",
    "call_srcu",
    "kmod_random_bytes",
    "kmod_add_randomness",
    "get_random_*",
    "add_device_randomness",
    "kmod_ida_*",
    "ida_*",
    "kmod_queue_run",
    "queue_work*",
    "queue_delayed_work*",
    "mod_timer*",
    "add_timer*",
    "hrtimer_start*",
    "kmod_input_event",
    "input_event",
    "kmod_input_report_scan",
    "sparse_keymap_report_e*",
    "kmod_iio_push_event",
    "iio_push_event",
    "kmod_node_notify",
    "kernfs_notify",
    "sysfs_notify*",
    "kmod_pid_find",
    "find_get_pid",
    "kmod_pid_put",
    "kmod_pid_signal",
    "kill_pid",
    "put_pid",
];

/// What prints, and so waits for locks of the log, of consoles and of the scheduler: where
/// [`Context::Within`] is, its own CPU may hold one of these. A name that ends in `*` stands for all that
/// begin so.
const PRINTS: &[&str] = &[
    "_printk*",
    "printk*",
    "kmod_printk",
    "vprintk*",
    "kmod_say",
    "_dev_*",
    "dev_printk*",
    "dev_vprintk_emit",
    "__dynamic_*",
    "kmod_hex_dump",
    "print_hex_dump*",
    // It says how often something was left out.
    "kmod_ratelimit",
    "___ratelimit",
    "dump_stack*",
    "__warn_printk",
];

/// Whether it prints.
pub fn prints(name: &str) -> bool {
    PRINTS.iter().any(|pattern| fits(pattern, name))
}

/// What keeps a message until a worker prints it: it takes no lock, and prints only where no handler is
/// registered. And what prints those that wait, whose address is kept there until the module goes.
pub const DEFERS: &[&str] = &["kmod_print_deferred", "kmod_deferred_end"];

/// Whether the kernel may be in the middle of it.
pub fn is_busy(name: &str) -> bool {
    BUSY.iter().any(|pattern| fits(pattern, name))
}

/// Whether a name is that of a pattern.
fn fits(pattern: &str, name: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(begin) => name.starts_with(begin),
        None => name == pattern,
    }
}

/// The allocator whose third argument, flags, says whether it may sleep.
pub const ALLOCATES: &str = "kmod_alloc";

/// The flag that says so: `___GFP_DIRECT_RECLAIM`.
pub const MAY_SLEEP: u64 = 0x400;

/// What allocates always so that it may sleep; beside [`ALLOCATES`] with flags that are not known
/// before, it is called by them only.
pub const ALLOCATORS: &[&str] = &["kmod_kmalloc_", "kmod_kvmalloc"];

/// The entry of that name, which is its path with the types that it is made for.
pub fn entry(name: &str) -> Option<&'static Entry> {
    ENTRIES.iter().find(|entry| is_of(name, entry.path))
}

/// Whether a function is one of [`LATER`].
pub fn is_later(name: &str) -> bool {
    LATER.iter().any(|path| is_of(name, path))
}

/// Whether a name is this path, with the types that it is made for.
fn is_of(name: &str, path: &str) -> bool {
    let rest = name.strip_prefix(path);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::<"))
}

/// What a call does to the locks that are held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locking {
    /// One more is held, which is for these.
    Takes(Context),
    /// The last one is given back.
    GivesBack,
}

/// What a call of `name` does to the locks that are held.
pub fn locking(name: &str) -> Option<Locking> {
    LOCKS.iter().find_map(|(takes, gives_back, context)| {
        if name.starts_with(takes) {
            Some(Locking::Takes(*context))
        } else {
            name.starts_with(gives_back).then_some(Locking::GivesBack)
        }
    })
}

/// What a function does that may sleep.
pub fn sleeps(name: &str) -> Option<&'static Sleeps> {
    let is = |pattern: &&str| fits(pattern, name);
    SLEEPS.iter().find(|sleeps| sleeps.names.iter().any(is))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locks_are_known_by_the_whole_of_their_names() {
        let takes = |name| match locking(name) {
            Some(Locking::Takes(context)) => context.lock(),
            other => panic!("{name}: {other:?}"),
        };
        assert_eq!(takes("kmod_spin_lock"), "SpinLock");
        assert_eq!(takes("kmod_spin_lock_bh"), "SpinLockBh");
        assert_eq!(takes("kmod_spin_lock_irqsave"), "SpinLockIrq");
        assert_eq!(takes("_raw_spin_lock"), "SpinLock");
        assert_eq!(takes("_raw_spin_lock_bh"), "SpinLockBh");
        assert_eq!(takes("_raw_spin_lock_irqsave"), "SpinLockIrq");
        for name in ["kmod_spin_unlock", "_raw_spin_unlock_irqrestore"] {
            assert_eq!(locking(name), Some(Locking::GivesBack));
        }
        assert_eq!(locking("kmod_spin_classify"), None);
    }

    #[test]
    fn messages_are_known_by_whatever_prints_them() {
        for name in [
            "_printk",
            "printk",
            "_dev_info",
            "__dynamic_pr_debug",
            "dev_printk_emit",
        ] {
            assert!(prints(name), "{name}");
        }
        assert!(!DEFERS.iter().any(|name| prints(name)));
    }

    /// Where it may be in the middle of a list of timers, none is armed.
    #[test]
    fn timers_are_the_kernels_business_by_whatever_name() {
        for name in [
            "mod_timer",
            "kmod_timer_delete",
            "timer_delete",
            "kmod_hrtimer_arm",
        ] {
            assert!(is_busy(name), "{name}");
        }
    }
}

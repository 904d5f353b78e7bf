// SPDX-License-Identifier: GPL-2.0-only
/// Listens
#[kernel_module(name = "listener", license = "GPL")]
struct Listener {
    #[notifier(reboot)]
    reboot: Notifier<Reboot>,
    #[cfg(feature = "die")]
    #[notifier(die)]
    oops: Notifier<Oops>,
}

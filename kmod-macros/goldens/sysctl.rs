// SPDX-License-Identifier: GPL-2.0-only
#[kernel_module(name = "steps", license = "GPL")]
struct Steps {
    #[sysctl(path = "steps/step", mode = 0o600, range = 1..=100, on_change = Steps::changed)]
    step: AtomicU32,
    #[cfg(feature = "switch")]
    #[sysctl(path = "steps/on", capability = "CAP_SYS_TIME")]
    on: AtomicBool,
    #[sysctl(path = "steps/masks", format = hex)]
    masks: [AtomicU32; 4],
    #[sysctl(path = "steps/more/timeout", jiffies = user_hz)]
    timeout: AtomicI32,
    #[misc]
    steps: Device,
    #[sysctl(path = "steps/last")]
    last: AtomicI32,
}

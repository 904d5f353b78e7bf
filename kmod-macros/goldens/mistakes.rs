// SPDX-License-Identifier: GPL-2.0-only

#[kernel_module(
    name = "mis-takes",
    licence = "GPL",
    params(
        #[param(range = 1..=100)]
        step: u32 = 0,
        ratio: f32 = 0.5,
        good: bool = true,
    ),
)]
struct Mistakes {
    #[chrdev(mode = 644)]
    bad: Device,
    #[chrdev]
    good: Device,
}

#[file_operations]
impl FileOperations for Device {
    type PerOpen = u32;

    fn read(&mut self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        Ok(())
    }

    fn close(&self) {}
}

// SPDX-License-Identifier: GPL-2.0-only

#[kernel_module(name = "notes", license = "GPL")]
struct Module {
    #[filesystem(name = "notesfs", magic = 0x6e6f7465)]
    notes: Notes,
}

// SPDX-License-Identifier: GPL-2.0-only
//! What is known of the trait `TextFile`, of the fields under `#[proc]` and `#[debugfs]`.

use crate::handlers::{self, Context, Handler, HandlerTrait, Otherwise, Rules, unit};

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "TextFile",
    documented_as: "text_handlers",
    table: Some("TextHandlers"),
    has_more: true,
    handlers: &[
        Handler {
            name: "show",
            caller: "`read(2)`, at the file's beginning, and again if the text did not fit",
            context: Context::Process,
            absent: "EIO in `/proc`, EINVAL in debugfs",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "row",
            caller: "`read(2)`, for each row of a long table, and again for one that did not fit",
            context: Context::Process,
            absent: "`show` gives all of the text",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "write",
            caller: "`write(2)`",
            context: Context::Process,
            absent: "EIO in `/proc`, EINVAL in debugfs",
            otherwise: Otherwise::NullSlot,
        },
    ],
    types: &[unit("Module"), unit("Instance")],
    keys: &[],
    ready_made: &[],
    also: &[
        ("read", "show"),
        ("proc_read", "show"),
        ("proc_write", "write"),
        ("store", "write"),
        ("next", "row"),
        ("rows", "row"),
        ("seq_show", "row"),
    ],
    not_ready_made: &[],
    why_shared: "handlers run for several processes at once",
    rules: Rules {
        elsewhere,
        ..Rules::NONE
    },
};

/// Why such a file has not all handlers that a device has.
fn elsewhere(name: &str) -> Option<(&'static str, &'static str)> {
    match name {
        "poll" | "proc_poll" | "mmap" | "proc_mmap" => Some((
            "the kernel lets a module go while its files in `/proc` are open, and nothing would end \
             what it begins",
            "put it into a device, with `#[misc]`",
        )),
        "ioctl" | "proc_ioctl" => Some((
            "commands have a device",
            "put it into a device, with `#[misc]`",
        )),
        _ => None,
    }
}

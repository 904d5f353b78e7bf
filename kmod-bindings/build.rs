// SPDX-License-Identifier: GPL-2.0-only
//! Makes the bindings of the target kernel: what the folders in `subjects` name.

use kmod_build::bindings::{Builder, Error};

/// Types that others point to and nothing here looks into: what they are made of stays out. One
/// whose fields are used after all is taken from the list.
const OPAQUE: &[&str] = &[
    "address_space",
    "dev_pagemap",
    "cgroup",
    "cred",
    "device",
    "file_lock",
    "folio",
    "fs_parameter_spec",
    "io_uring_cmd",
    "iov_iter",
    "kernfs_(node|open_file|root|ops)",
    "key.*",
    "kobj(ect|_type|_ns_type_operations)",
    "kstat",
    "lruvec",
    "mem_cgroup(_per_node)?",
    "mm_struct",
    "mnt_idmap",
    "mutex",
    "page",
    "page_counter",
    "pglist_data",
    "pid",
    "pipe_inode_info",
    "signal_struct",
    "task_struct",
    "zone",
    "user_(namespace|struct)",
    "vfsmount",
    "writeback_control",
];

fn main() -> Result<(), Error> {
    let builder = Builder::new()
        .prefix("kmod_")
        .watch("compat")
        .static_branch()
        .subjects("subjects")?;
    OPAQUE
        .iter()
        .fold(builder, |builder, name| builder.opaque(*name))
        .generate()
}

// SPDX-License-Identifier: GPL-2.0-only
//! What of the kernel's C API `kmod-core` uses, a table a subject.
//!
//! A subject is `c/NAME.h` (what it includes, and the helpers' prototypes), `c/NAME.c` (the
//! helpers, if any; each is named `kmod_*` and bound without being listed here) and, for builds on
//! the host, `src/host/NAME.rs`.

/// One subject's names, as regular expressions that must match as a whole.
pub struct Subject {
    pub name: &'static str,
    pub functions: &'static [&'static str],
    pub types: &'static [&'static str],
    pub vars: &'static [&'static str],
    /// Types of which only size and alignment matter.
    pub opaque: &'static [&'static str],
}

/// Types that others point to and nothing here looks into: what they are made of stays out. One
/// whose fields are used after all is taken from the list.
pub const OPAQUE: &[&str] = &[
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

pub const SUBJECTS: &[Subject] = &[
    Subject {
        name: "alloc",
        functions: &["kv?free"],
        types: &[],
        vars: &["KMOD_GFP_.*"],
        opaque: &[],
    },
    Subject {
        name: "chrdev",
        functions: &[
            "alloc_chrdev_region",
            "cdev_(alloc|add|del)",
            "class_destroy",
            "device_(create|destroy)",
            "(un)?register_chrdev_region",
        ],
        types: &["cdev", "kmod_node"],
        vars: &[],
        opaque: &["class", "device"],
    },
    Subject {
        name: "filesystem",
        functions: &[
            "(un)?register_filesystem",
            "d_splice_alias",
            "generic_read_dir",
            "get_tree_nodev",
            "kill_anon_super",
            "seq_(lseek|read|write)",
            "simple_statfs",
            "single_(open|release)",
        ],
        types: &[
            "dir_context",
            "file_system_type",
            "fs_context_operations",
            "inode_operations",
            "seq_file",
            "super_operations",
        ],
        vars: &["DT_(DIR|REG)"],
        opaque: &["dentry", "fs_context", "super_block"],
    },
    Subject {
        name: "fs",
        functions: &[
            "(default|noop|no_seek_end|generic_file|fixed_size)_llseek",
            "fasync_helper",
            "iter_file_splice_write",
            "kill_fasync",
            "(nonseekable|stream)_open",
        ],
        types: &["file", "file_operations", "kiocb"],
        vars: &[
            "KMOD_(FMODE_.*|IOCB_NOWAIT)",
            "O_(APPEND|DSYNC|NOATIME|NONBLOCK|SYNC)",
            "POLL_(IN|OUT|MSG|ERR|PRI|HUP)",
            "SEEK_(SET|CUR|END)",
            "SIGIO",
        ],
        opaque: &["fasync_struct", "inode", "pipe_inode_info"],
    },
    Subject {
        name: "misc",
        functions: &["misc_(de)?register"],
        types: &["miscdevice"],
        vars: &["MISC_DYNAMIC_MINOR"],
        opaque: &["attribute_group", "device"],
    },
    Subject {
        name: "mm",
        functions: &["vfree"],
        types: &[],
        vars: &["KMOD_(PAGE_SIZE|VM_.*)"],
        opaque: &["vm_area_struct"],
    },
    Subject {
        name: "ioctl",
        functions: &["compat_ptr_ioctl"],
        types: &[],
        vars: &[
            "KMOD_COMPAT",
            "_IOC_(NR|TYPE|SIZE|DIR)(BITS|SHIFT)",
            "_IOC_(NONE|READ|WRITE)",
        ],
        opaque: &[],
    },
    Subject {
        name: "module",
        functions: &[],
        types: &["module"],
        vars: &["__this_module"],
        opaque: &["module"],
    },
    Subject {
        name: "params",
        functions: &["param_free_charp"],
        types: &["kernel_param", "kernel_param_ops", "kparam_(array|string)"],
        vars: &[
            "KERNEL_PARAM_(OPS_FL_NOARG|FL_UNSAFE|FL_HWPARAM)",
            "kmod_param_ops_s8",
            "param_array_ops",
            "param_ops_(bool|bint|byte|charp|hexint|invbool|string|u?(short|int|long)|ullong)",
        ],
        opaque: &[],
    },
    Subject {
        name: "print",
        functions: &[],
        types: &[],
        vars: &["KMOD_MODULE_NAME_OFFSET"],
        opaque: &[],
    },
    Subject {
        name: "random",
        functions: &["rng_is_initialized", "wait_for_random_bytes"],
        types: &[],
        vars: &[],
        opaque: &[],
    },
    Subject {
        name: "sync",
        functions: &["bit_wait", "out_of_line_wait_on_bit_lock", "wake_up_bit"],
        types: &["kmod_spinlock"],
        vars: &[],
        opaque: &["kmod_spinlock", "wait_bit_key"],
    },
    Subject {
        name: "sysctl",
        functions: &[
            "proc_do(bool|string|u?intvec|intvec_(jiffies|minmax|ms_jiffies|userhz_jiffies))",
            "proc_doulongvec_(ms_jiffies_)?minmax",
            "unregister_sysctl_table",
        ],
        types: &["ctl_table", "kmod_sysctl_call"],
        vars: &["KMOD_SYSCTL_.*"],
        opaque: &["ctl_table_(header|poll)"],
    },
    Subject {
        name: "task",
        functions: &["capable"],
        types: &[],
        vars: &["CAP_[A-Z_]+", "KMOD_TASK_COMM_LEN"],
        opaque: &[],
    },
    Subject {
        name: "time",
        functions: &["ktime_get(_real_ts64)?", "msleep"],
        types: &[],
        vars: &["KMOD_HZ", "jiffies"],
        opaque: &[],
    },
    Subject {
        name: "uaccess",
        functions: &[
            "simple_(read_from|write_to)_buffer",
            "kstrto(u8|s8|u16|s16|uint|int|ull|ll|bool)(_from_user)?",
        ],
        types: &[],
        vars: &[],
        opaque: &[],
    },
    Subject {
        name: "uio",
        functions: &["_copy_(to|from)_iter", "iov_iter_(advance|revert|zero)"],
        types: &[],
        vars: &["KMOD_IOV_ITER_COUNT_OFFSET"],
        opaque: &["iov_iter"],
    },
    Subject {
        name: "wait",
        functions: &[],
        types: &["kmod_wait_queue"],
        vars: &["KMOD_(EPOLL.*|TASK_.*|MAX_SCHEDULE_TIMEOUT)"],
        opaque: &["kmod_wait_queue", "poll_table_struct"],
    },
];

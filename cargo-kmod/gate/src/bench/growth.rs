// SPDX-License-Identifier: GPL-2.0-only
//! The text of modules that declare many objects of a kind, and of their twins.

use std::fmt::Write;

/// A kind of objects, and how many of them the modules declare.
#[derive(Debug)]
pub struct Kind {
    /// What is declared, in the plural.
    pub name: &'static str,
    /// Using one of them.
    pub uses: &'static str,
}

/// The kinds.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "params",
        uses: "a read of the last one",
    },
    Kind {
        name: "sysctls",
        uses: "a write to the last one",
    },
    Kind {
        name: "devices",
        uses: "a read of the last one",
    },
];

/// How many objects a module declares.
pub const NUMBERS: [u32; 5] = [1, 4, 16, 64, 256];

/// Of these, those whose loading is an operation like others. Where the kernel has too few minors
/// for the last, it is the most that it has enough for.
pub const LOADS: [u32; 3] = [1, 16, 256];

/// What modules and twins have in their descriptions.
pub const DESCRIPTION: &str = "Many objects";

/// A module's source, and its twin's.
pub fn sources(kind: &Kind, module: &str, objects: u32) -> (String, String) {
    match kind.name {
        "params" => (params(module, objects), params_twin(objects)),
        "sysctls" => (sysctls(module, objects), sysctls_twin(objects)),
        _ => (devices(module, objects), devices_twin(objects)),
    }
}

/// What `line` gives for each of the objects.
fn each(objects: u32, line: impl Fn(u32) -> String) -> String {
    let mut text = String::new();
    for number in 0..objects {
        let _ = writeln!(text, "{}", line(number));
    }
    text
}

const HEAD: &str =
    "#![no_std]\n#![forbid(unsafe_code)]\nuse kmod_core::prelude::*;\n/// Many objects\n";

fn params(module: &str, objects: u32) -> String {
    let params = each(objects, |n| format!("        p{n}: u32 = {n},"));
    format!(
        "{HEAD}#[kernel_module(\n    name = \"{module}\",\n    license = \"GPL\",\n    \
         params(\n{params}    ),\n)]\n#[derive(Default)]\nstruct Many {{}}\n"
    )
}

fn sysctls(module: &str, objects: u32) -> String {
    let fields = each(objects, |n| {
        format!("    #[sysctl(path = \"{module}/number{n}\")]\n    number{n}: AtomicI32,")
    });
    format!(
        "{HEAD}#[kernel_module(name = \"{module}\", license = \"GPL\")]\n#[derive(Default)]\n\
         struct Many {{\n{fields}}}\n"
    )
}

fn devices(module: &str, objects: u32) -> String {
    let fields = each(objects, |n| {
        format!("    #[misc(name = \"{module}_{n}\")]\n    d{n}: Device,")
    });
    format!(
        "{HEAD}#[kernel_module(name = \"{module}\", license = \"GPL\")]\n#[derive(Default)]\n\
         struct Many {{\n{fields}}}\n\n#[derive(Default)]\nstruct Device;\n\n\
         #[file_operations]\nimpl FileOperations for Device {{\n    \
         fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, _pos: u64) -> Result {{\n        \
         to.write(b\"hello\")?;\n        Ok(())\n    }}\n}}\n"
    )
}

const C_HEAD: &str = "#include <linux/module.h>\n#include <linux/version.h>\n";
const C_TAIL: &str = "MODULE_DESCRIPTION(\"Many objects\");\nMODULE_LICENSE(\"GPL\");\n";

fn params_twin(objects: u32) -> String {
    let params = each(objects, |n| {
        format!("static unsigned int p{n} = {n};\nmodule_param(p{n}, uint, 0444);")
    });
    format!(
        "{C_HEAD}{params}\
         static int __init many_init(void)\n{{\n\treturn 0;\n}}\n\
         static void __exit many_exit(void)\n{{\n}}\n\
         module_init(many_init);\nmodule_exit(many_exit);\n{C_TAIL}"
    )
}

fn sysctls_twin(objects: u32) -> String {
    let numbers = each(objects, |n| format!("static int number{n};"));
    let rows = each(objects, |n| {
        format!(
            "\t{{ .procname = \"number{n}\", .data = &number{n}, .maxlen = sizeof(int), .mode = 0644,\n\
             \t  .proc_handler = proc_dointvec }},"
        )
    });
    format!(
        "{C_HEAD}#include <linux/sysctl.h>\n{numbers}\
         static struct ctl_table table[] = {{\n{rows}\
         #if LINUX_VERSION_CODE < KERNEL_VERSION(6, 11, 0)\n\t{{ }}\n#endif\n}};\n\
         static struct ctl_table_header *header;\n\
         static int __init many_init(void)\n{{\n\
         \theader = register_sysctl(KBUILD_MODNAME, table);\n\
         \treturn header ? 0 : -ENOMEM;\n}}\n\
         static void __exit many_exit(void)\n{{\n\tunregister_sysctl_table(header);\n}}\n\
         module_init(many_init);\nmodule_exit(many_exit);\n{C_TAIL}"
    )
}

fn devices_twin(objects: u32) -> String {
    let rows = each(objects, |n| {
        format!(
            "\t{{ .minor = MISC_DYNAMIC_MINOR, .name = KBUILD_MODNAME \"_{n}\", .mode = 0600,\n\
             \t  .fops = &fops }},"
        )
    });
    format!(
        "{C_HEAD}#include <linux/fs.h>\n#include <linux/miscdevice.h>\n\
         static ssize_t hello_read(struct file *file, char __user *buf, size_t len, loff_t *pos)\n\
         {{\n\
         \tlen = min_t(size_t, len, 5);\n\
         \tif (copy_to_user(buf, \"hello\", len))\n\t\treturn -EFAULT;\n\
         \t*pos += len;\n\treturn len;\n}}\n\
         static const struct file_operations fops = {{\n\
         \t.owner = THIS_MODULE,\n\t.read = hello_read,\n}};\n\
         static struct miscdevice devices[] = {{\n{rows}}};\n\
         static int __init many_init(void)\n{{\n\
         \tint i, ret;\n\n\
         \tfor (i = 0; i < ARRAY_SIZE(devices); i++) {{\n\
         \t\tret = misc_register(&devices[i]);\n\
         \t\tif (ret) {{\n\t\t\twhile (i--)\n\t\t\t\tmisc_deregister(&devices[i]);\n\
         \t\t\treturn ret;\n\t\t}}\n\t}}\n\treturn 0;\n}}\n\
         static void __exit many_exit(void)\n{{\n\
         \tint i = ARRAY_SIZE(devices);\n\n\
         \twhile (i--)\n\t\tmisc_deregister(&devices[i]);\n}}\n\
         module_init(many_init);\nmodule_exit(many_exit);\n{C_TAIL}"
    )
}

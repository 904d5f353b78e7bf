// SPDX-License-Identifier: GPL-2.0-only
//! What a module's source tells `cargo kmod verify`: ELF notes that are not loaded.

/// A note in the section `.note.kmod.` and its name: a function or a type of the module (`mod`) where it
/// stands, and a number if there is one.
#[doc(hidden)]
#[macro_export]
macro_rules! __note {
    ($section:literal, $name:ident $(, $number:literal)?) => {
        #[cfg(target_os = "none")]
        ::core::arch::global_asm!(
            ::core::concat!(".pushsection .note.kmod.", $section, ",\"\",@note"),
            ".balign 4",
            ".long 5, 2f - 1f, 1",
            ".asciz \"kmod\"",
            ".balign 4",
            ::core::concat!(
                "1: .asciz \"",
                ::core::module_path!(),
                "::",
                ::core::stringify!($name),
                $(" ", ::core::stringify!($number),)?
                "\"",
            ),
            "2: .balign 4",
            ".popsection",
        );
    };
}

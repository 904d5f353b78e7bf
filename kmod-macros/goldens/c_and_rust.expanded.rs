// SPDX-License-Identifier: GPL-2.0-only
/// Puts a mark behind a line's last;
/// whether there was room.
pub(crate) fn morse_put(line: &mut Line, mark: u8) -> bool {
    line.put(mark)
}
const _: () = {
    #[unsafe(export_name = "morse_put")]
    extern "C" fn called_by_c(arg0: &mut Line, arg1: u8) -> bool {
        morse_put(arg0, arg1)
    }
};
const _: () = {
    ::kmod_core::__private::told_link! {
        ::kmod_core::__private::uapi::Item::Function(&
        ::kmod_core::__private::uapi::Function { name : "morse_put", docs :
        "Puts a mark behind a line's last;\nwhether there was room.", is_rusts : true,
        export : ::core::option::Option::None, params : & [("line", < & mut Line as
        ::kmod_core::__private::CValue > ::VALUE), ("mark", < u8 as
        ::kmod_core::__private::CValue > ::VALUE),], returns : < bool as
        ::kmod_core::__private::CValue > ::VALUE, },)
    }
};
#[cfg(feature = "stop")]
fn morse_stop(_: usize) {}
#[cfg(feature = "stop")]
const _: () = {
    #[unsafe(export_name = "morse_stop")]
    extern "C" fn called_by_c(arg0: usize) {
        morse_stop(arg0)
    }
};
#[cfg(feature = "stop")]
const _: () = {
    ::kmod_core::__private::told_link! {
        ::kmod_core::__private::uapi::Item::Function(&
        ::kmod_core::__private::uapi::Function { name : "morse_stop", docs : "", is_rusts
        : true, export : ::core::option::Option::None, params : & [("arg0", < usize as
        ::kmod_core::__private::CValue > ::VALUE),], returns : < () as
        ::kmod_core::__private::CValue > ::VALUE, },)
    }
};
/// How many marks are in a line.
pub fn morse_length(line: &Line) -> u32 {
    line.length
}
const _: () = {
    #[unsafe(export_name = "morse_length")]
    extern "C" fn called_by_c(arg0: &Line) -> u32 {
        morse_length(arg0)
    }
};
const _: () = {
    ::kmod_core::__private::told_link! {
        ::kmod_core::__private::uapi::Item::Function(&
        ::kmod_core::__private::uapi::Function { name : "morse_length", docs :
        "How many marks are in a line.", is_rusts : true, export :
        ::core::option::Option::Some(::kmod_core::__private::uapi::Export { gpl : true,
        namespace : "MORSE", }), params : & [("line", < & Line as
        ::kmod_core::__private::CValue > ::VALUE),], returns : < u32 as
        ::kmod_core::__private::CValue > ::VALUE, },)
    }
};
const _: &[()] = &[
    ::kmod_core::__private::keys::export::ATTRIBUTE,
    ::kmod_core::__private::keys::export::gpl,
    ::kmod_core::__private::keys::export::namespace,
];
extern "C" {
    /// Writes text in Morse code.
    fn morse_encode(text: *const u8, length: usize, line: &mut Line) -> i32;
    #[cfg(feature = "stop")]
    fn morse_wait();
}
const _: () = {
    ::kmod_core::__private::told_link! {
        ::kmod_core::__private::uapi::Item::Function(&
        ::kmod_core::__private::uapi::Function { name : "morse_encode", docs :
        "Writes text in Morse code.", is_rusts : false, export :
        ::core::option::Option::None, params : & [("text", < * const u8 as
        ::kmod_core::__private::CValue > ::VALUE), ("length", < usize as
        ::kmod_core::__private::CValue > ::VALUE), ("line", < & mut Line as
        ::kmod_core::__private::CValue > ::VALUE),], returns : < i32 as
        ::kmod_core::__private::CValue > ::VALUE, },)
    }
};
#[cfg(feature = "stop")]
const _: () = {
    ::kmod_core::__private::told_link! {
        ::kmod_core::__private::uapi::Item::Function(&
        ::kmod_core::__private::uapi::Function { name : "morse_wait", docs : "", is_rusts
        : false, export : ::core::option::Option::None, params : & [], returns : < () as
        ::kmod_core::__private::CValue > ::VALUE, },)
    }
};

// SPDX-License-Identifier: GPL-2.0-only
/// The door was opened.
pub struct Opened<'a> {
    minor: u32,
    name: [u8; 16],
    pub why: &'a CStr,
}
const _: () = {
    unsafe impl<'a> ::kmod_core::__private::trace::TraceEvent for Opened<'a> {
        const FIELDS: &'static [::kmod_core::__private::uapi::TraceField] = &[
            ::kmod_core::__private::uapi::TraceField {
                name: "minor",
                kind: <u32 as ::kmod_core::__private::trace::TraceField>::KIND,
            },
            ::kmod_core::__private::uapi::TraceField {
                name: "name",
                kind: <[u8; 16] as ::kmod_core::__private::trace::TraceField>::KIND,
            },
            ::kmod_core::__private::uapi::TraceField {
                name: "why",
                kind: <&'a CStr as ::kmod_core::__private::trace::TraceField>::KIND,
            },
        ];
        #[inline(always)]
        fn is_on() -> ::core::primitive::bool {
            ::kmod_core::__private::trace_is_on!("kmod_point_opened")
        }
        fn send(&self) {
            ::kmod_core::__private::trace_send!(
                "kmod_event_opened", [< u32 as ::kmod_core::__private::trace::TraceField
                > ::value(& self.minor), < [u8; 16] as
                ::kmod_core::__private::trace::TraceField > ::value(& self.name), < & 'a
                CStr as ::kmod_core::__private::trace::TraceField > ::value(& self.why),]
            );
        }
    }
    const _: () = (::kmod_core::__private::trace::assert_not_empty)(
        <Opened<'_> as ::kmod_core::__private::trace::TraceEvent>::FIELDS,
        0usize,
        "an array in a trace event has elements\n= help: leave the field out",
    );
    const _: () = (::kmod_core::__private::trace::assert_not_empty)(
        <Opened<'_> as ::kmod_core::__private::trace::TraceEvent>::FIELDS,
        1usize,
        "an array in a trace event has elements\n= help: leave the field out",
    );
    const _: () = (::kmod_core::__private::trace::assert_not_empty)(
        <Opened<'_> as ::kmod_core::__private::trace::TraceEvent>::FIELDS,
        2usize,
        "an array in a trace event has elements\n= help: leave the field out",
    );
    const _: () = (::kmod_core::__private::trace::assert_event_size)(
        <Opened<'_> as ::kmod_core::__private::trace::TraceEvent>::FIELDS,
        "the fields of a trace event come to at most 1024 bytes, of which a text may take 256\n\
             = help: leave out what can be found by the rest",
    );
    ::kmod_core::__private::told_link! {
        ::kmod_core::__private::uapi::Item::TraceEvent(&
        ::kmod_core::__private::uapi::TraceEvent { name : "opened", place :
        ::kmod_core::__private::concat!(::kmod_core::__private::file!(), ":",
        ::kmod_core::__private::line!()), fields : < Opened < '_ > as
        ::kmod_core::__private::trace::TraceEvent > ::FIELDS, })
    }
};

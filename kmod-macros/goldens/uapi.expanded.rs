// SPDX-License-Identifier: GPL-2.0-only
#[repr(C)]
/// What may be drawn.
///
/// Both ends belong to it.
#[derive(Clone, Copy)]
struct TicketLimits {
    /// The smallest number.
    pub min: u32,
    max: [u16; 2],
}
unsafe impl ::kmod_core::__private::uapi::Uapi for TicketLimits {
    const TYPE: ::kmod_core::__private::uapi::Type = ::kmod_core::__private::uapi::Type::Struct {
        of: &::kmod_core::__private::uapi::Struct {
            name: "ticket_limits",
            rust_name: "TicketLimits",
            docs: "What may be drawn.\n\nBoth ends belong to it.",
            size: ::core::mem::size_of::<TicketLimits>(),
            fields: &[
                ::kmod_core::__private::uapi::Field {
                    name: "min",
                    rust_name: "min",
                    docs: "The smallest number.",
                    offset: ::core::mem::offset_of!(TicketLimits, min),
                    ty: <u32 as ::kmod_core::__private::uapi::Uapi>::TYPE,
                },
                ::kmod_core::__private::uapi::Field {
                    name: "max",
                    rust_name: "max",
                    docs: "",
                    offset: ::core::mem::offset_of!(TicketLimits, max),
                    ty: <[u16; 2] as ::kmod_core::__private::uapi::Uapi>::TYPE,
                },
            ],
        },
    };
}
const _: () = (::kmod_core::__private::uapi::no_padding_behind)(
    ::core::mem::size_of::<TicketLimits>(),
    ::core::mem::offset_of!(TicketLimits, max) + ::core::mem::size_of::<[u16; 2]>(),
);
const _: fn(&TicketLimits) = |TicketLimits { min: kmod_0, max: kmod_1 }| {
    (::kmod_core::__private::is_exactly::<u32>)(&raw const *kmod_0);
    (::kmod_core::__private::is_exactly::<[u16; 2]>)(&raw const *kmod_1);
};
const _: () = (::kmod_core::__private::uapi::not_empty)(::core::mem::size_of::<u32>());
const _: () = (::kmod_core::__private::uapi::no_padding_before)(
    ::core::mem::offset_of!(TicketLimits, min),
    0,
);
const _: () = (::kmod_core::__private::uapi::not_empty)(
    ::core::mem::size_of::<[u16; 2]>(),
);
const _: () = (::kmod_core::__private::uapi::no_padding_before)(
    ::core::mem::offset_of!(TicketLimits, max),
    ::core::mem::offset_of!(TicketLimits, min) + ::core::mem::size_of::<u32>(),
);
::kmod_core::__private::told! {
    Struct(< TicketLimits as ::kmod_core::__private::uapi::Uapi > ::TYPE)
}

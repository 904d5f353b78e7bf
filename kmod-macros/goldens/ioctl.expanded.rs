// SPDX-License-Identifier: GPL-2.0-only
/// Commands of /dev/ticket.
enum TicketCmd {}
impl TicketCmd {
    const __DRAW: ::kmod_core::__private::ioctl::Code = ::kmod_core::__private::ioctl::ior(
        b'T',
        1,
        <u32 as ::kmod_core::__private::ioctl::Payload>::CARRIED,
    );
    /// Draw the next number.
    ///
    /// `TICKET_CMD_DRAW`: `_IOR('T', 0x01, …)`
    pub const DRAW: ::core::primitive::u32 = Self::__DRAW.number;
    const __SET_LIMITS: ::kmod_core::__private::ioctl::Code = ::kmod_core::__private::ioctl::iow(
        b'T',
        2,
        <Limits as ::kmod_core::__private::ioctl::Payload>::CARRIED,
    );
    ///
    /// `TICKET_CMD_SET_LIMITS`: `_IOW('T', 0x02, …)`; needs `CAP_SYS_ADMIN`
    pub const SET_LIMITS: ::core::primitive::u32 = Self::__SET_LIMITS.number;
    const __SWAP: ::kmod_core::__private::ioctl::Code = ::kmod_core::__private::ioctl::iowr(
        b'T',
        3,
        <KBox<Table> as ::kmod_core::__private::ioctl::Payload>::CARRIED,
    );
    ///
    /// `TICKET_CMD_SWAP`: `_IOWR('T', 0x03, …)`
    pub const SWAP: ::core::primitive::u32 = Self::__SWAP.number;
    const __RESET: ::kmod_core::__private::ioctl::Code = ::kmod_core::__private::ioctl::io(
        b'T',
        4,
    );
    ///
    /// `TICKET_CMD_RESET`: `_IO('T', 0x04)`
    pub const RESET: ::core::primitive::u32 = Self::__RESET.number;
    #[cfg(feature = "more")]
    const __MOVE: ::kmod_core::__private::ioctl::Code = ::kmod_core::__private::ioctl::io(
        b'T',
        4,
    );
    #[cfg(feature = "more")]
    ///
    /// `TICKET_CMD_MOVE`: `_IO('T', 0x04)`
    pub const MOVE: ::core::primitive::u32 = Self::__MOVE.number;
}
///The handlers of the commands of [`TicketCmd`], a method for each.
trait TicketCmdHandler: ::kmod_core::file::FileOperations {
    /// Draw the next number.
    ///
    /// `TICKET_CMD_DRAW`: `_IOR('T', 0x01, …)`
    fn draw(
        &self,
        file: &::kmod_core::file::File<'_, Self>,
    ) -> ::kmod_core::error::Result<u32>;
    ///
    /// `TICKET_CMD_SET_LIMITS`: `_IOW('T', 0x02, …)`; needs `CAP_SYS_ADMIN`
    fn set_limits(
        &self,
        file: &::kmod_core::file::File<'_, Self>,
        arg: Limits,
    ) -> ::kmod_core::error::Result<::core::primitive::u32>;
    ///
    /// `TICKET_CMD_SWAP`: `_IOWR('T', 0x03, …)`
    fn swap(
        &self,
        file: &::kmod_core::file::File<'_, Self>,
        arg: KBox<Table>,
    ) -> ::kmod_core::error::Result<KBox<Table>>;
    ///
    /// `TICKET_CMD_RESET`: `_IO('T', 0x04)`
    fn reset(
        &self,
        file: &::kmod_core::file::File<'_, Self>,
    ) -> ::kmod_core::error::Result;
    #[cfg(feature = "more")]
    ///
    /// `TICKET_CMD_MOVE`: `_IO('T', 0x04)`
    fn r#move(
        &self,
        file: &::kmod_core::file::File<'_, Self>,
        arg: ::core::primitive::usize,
    ) -> ::kmod_core::error::Result;
}
impl<D: TicketCmdHandler> ::kmod_core::__private::ioctl::Dispatch<D> for TicketCmd {
    fn call(
        device: &D,
        file: &::kmod_core::file::File<'_, D>,
        call: ::kmod_core::__private::ioctl::Call,
    ) -> ::kmod_core::error::Result<::core::ffi::c_long> {
        match call.cmd() {
            Self::DRAW => {
                <u32 as ::kmod_core::__private::ioctl::Payload>::ior(
                    call,
                    || <D as TicketCmdHandler>::draw(device, file),
                )
            }
            Self::SET_LIMITS => {
                ::kmod_core::__private::ioctl::restricted(
                    ::kmod_core::__private::capability::CAP_SYS_ADMIN,
                    || <Limits as ::kmod_core::__private::ioctl::Payload>::iow(
                        call,
                        |arg| <D as TicketCmdHandler>::set_limits(device, file, arg),
                    ),
                )
            }
            Self::SWAP => {
                <KBox<
                    Table,
                > as ::kmod_core::__private::ioctl::Payload>::iowr(
                    call,
                    |arg| <D as TicketCmdHandler>::swap(device, file, arg),
                )
            }
            Self::RESET => call.io(|| <D as TicketCmdHandler>::reset(device, file)),
            #[cfg(feature = "more")]
            Self::MOVE => {
                call.io_value(|arg| <D as TicketCmdHandler>::r#move(device, file, arg))
            }
            _ => ::core::result::Result::Err(::kmod_core::error::code::ENOTTY),
        }
    }
}
const _: () = (::kmod_core::__private::ioctl::fits)(&TicketCmd::__DRAW);
const _: () = ::kmod_core::__private::ioctl::free(TicketCmd::DRAW);
const _: () = (::kmod_core::__private::ioctl::fits)(&TicketCmd::__SET_LIMITS);
const _: () = ::kmod_core::__private::ioctl::free(TicketCmd::SET_LIMITS);
const _: () = (::kmod_core::__private::ioctl::fits)(&TicketCmd::__SWAP);
const _: () = ::kmod_core::__private::ioctl::free(TicketCmd::SWAP);
const _: () = ::kmod_core::__private::ioctl::free(TicketCmd::RESET);
#[cfg(feature = "more")]
const _: () = ::kmod_core::__private::ioctl::free(TicketCmd::MOVE);
#[cfg(feature = "more")]
const _: () = ::core::assert!(
    TicketCmd::MOVE != TicketCmd::RESET,
    "`Move` has the number of `Reset`: direction, number and size are the same\n= help: take a number of its own"
);
::kmod_core::__private::told! {
    Commands { name : "TicketCmd", docs : "Commands of /dev/ticket.", magic : b'T',
    commands : & [::kmod_core::__private::uapi::Command { name : "TICKET_CMD_DRAW", docs
    : "Draw the next number.", macro_name : "_IOR", nr : 1, number : TicketCmd::DRAW,
    payload : TicketCmd::__DRAW.payload, takes_value : false, returns_value : false, },
    ::kmod_core::__private::uapi::Command { name : "TICKET_CMD_SET_LIMITS", docs :
    "Needs CAP_SYS_ADMIN.", macro_name : "_IOW", nr : 2, number : TicketCmd::SET_LIMITS,
    payload : TicketCmd::__SET_LIMITS.payload, takes_value : false, returns_value : true,
    }, ::kmod_core::__private::uapi::Command { name : "TICKET_CMD_SWAP", docs : "",
    macro_name : "_IOWR", nr : 3, number : TicketCmd::SWAP, payload : TicketCmd::__SWAP
    .payload, takes_value : false, returns_value : false, },
    ::kmod_core::__private::uapi::Command { name : "TICKET_CMD_RESET", docs : "",
    macro_name : "_IO", nr : 4, number : TicketCmd::RESET, payload : TicketCmd::__RESET
    .payload, takes_value : false, returns_value : false, }, #[cfg(feature = "more")]
    ::kmod_core::__private::uapi::Command { name : "TICKET_CMD_MOVE", docs : "",
    macro_name : "_IO", nr : 4, number : TicketCmd::MOVE, payload : TicketCmd::__MOVE
    .payload, takes_value : true, returns_value : false, },], }
}

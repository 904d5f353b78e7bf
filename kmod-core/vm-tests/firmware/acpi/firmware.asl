// SPDX-License-Identifier: GPL-2.0-only
/* What the tests' firmware has: devices with objects of all types, and methods that go wrong. */
DefinitionBlock ("", "SSDT", 2, "KMOD", "FIRMWARE", 1)
{
    Scope (\_SB)
    {
        Device (KMD0)
        {
            Name (_HID, "KMOD0001")
            Name (_UID, 0)
            Name (NUMB, 0x12345678)
            Name (TEXT, "firmware")
            Name (BYTS, Buffer () { 1, 2, 3, 4 })
            Name (NONE, Buffer (0) {})
            Name (PACK, Package () { 1, "two", Buffer () { 3, 3, 3 }, Package () { 4, Package () { 5 } }, \_SB.KMD0 })
            Name (DEEP, Package () { Package () { Package () { Package () { Package () { Package () {
                Package () { Package () { Package () { Package () { 10 } } } } } } } } } })
            Name (STOR, 0)
            Method (ADDS, 2) { Return (Arg0 + Arg1) }
            Method (ECHO, 1) { Return (Arg0) }
            Method (LAST, 7) { Return (Arg6) }
            Method (SIZE, 1) { Return (SizeOf (Arg0)) }
            Method (KEEP, 1) { STOR = Arg0 }
            Method (KEPT) { Return (STOR) }
            Method (NOTH) {}
            // No NUL ends it, and it is none of ASCII.
            Method (BADS) { Return (ToString (Buffer () { 0xFF, 0xFE, 0x41 })) }
            Method (DIVZ, 1) { Return (1 / Arg0) }
            Method (GONE) { Return (DerefOf (Index (Package () { 1 }, NUMB))) }
            Method (FIRE, 1) { Notify (KMD0, Arg0) }
        }

        // Two of the driver's ids are its.
        Device (KMD1)
        {
            Name (_HID, "KMOD0002")
            Name (_CID, "KMOD0001")
            Name (NUMB, "not a number")
        }

        // It is not there.
        Device (KMD2)
        {
            Name (_HID, "KMOD0002")
            Method (_STA) { Return (0) }
        }

        Device (KMD3)
        {
            Name (_HID, "KMOD0003")
        }
    }
}

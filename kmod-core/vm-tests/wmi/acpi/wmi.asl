// SPDX-License-Identifier: GPL-2.0-only
/* A laptop's blocks: events, methods, data; and methods that answer what they should not. */
DefinitionBlock ("", "SSDT", 2, "KMOD", "WMI", 1)
{
    Scope (\_SB)
    {
        // The machine's keyboard controller speaks the embedded controller's protocol, at its own ports. The test
        // takes it from its driver. The kernel finds it early, and uses it from then on; later it is not there, or it
        // would be warned that the ports are a keyboard's.
        Device (EC0)
        {
            Name (_HID, EisaId ("PNP0C09"))
            Name (_UID, "KMOD")
            Name (_GPE, 0x17)
            Name (USED, 0)
            OperationRegion (ERAM, EmbeddedControl, 0, 0xFF)
            Method (_REG, 2) { USED = Arg1 }
            Method (_STA)
            {
                If (USED) { Return (0) }
                Return (0x0F)
            }
            Name (_CRS, ResourceTemplate () {
                IO (Decode16, 0x60, 0x60, 0, 1)
                IO (Decode16, 0x64, 0x64, 0, 1)
            })
        }

        Device (WMI0)
        {
            Name (_HID, "PNP0C14")
            Name (_UID, "KMOD")
            Name (_WDG, Buffer () {
                // 7A1B3C5D-0001-4E0F-8A9B-112233445566: events of number 0x80
                0x5D, 0x3C, 0x1B, 0x7A, 0x01, 0x00, 0x0F, 0x4E, 0x8A, 0x9B, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66,
                0x80, 0x00, 1, 0x08,
                // …-0002-…: methods AA, of two instances
                0x5D, 0x3C, 0x1B, 0x7A, 0x02, 0x00, 0x0F, 0x4E, 0x8A, 0x9B, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66,
                0x41, 0x41, 2, 0x02,
                // …-0003-…: data BB, which can be set
                0x5D, 0x3C, 0x1B, 0x7A, 0x03, 0x00, 0x0F, 0x4E, 0x8A, 0x9B, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66,
                0x42, 0x42, 1, 0x00,
                // …-0004-…: data DD, which is expensive, of three instances, and cannot be set
                0x5D, 0x3C, 0x1B, 0x7A, 0x04, 0x00, 0x0F, 0x4E, 0x8A, 0x9B, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66,
                0x44, 0x44, 3, 0x01,
                // …-0005-…: events of number 0x81
                0x5D, 0x3C, 0x1B, 0x7A, 0x05, 0x00, 0x0F, 0x4E, 0x8A, 0x9B, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66,
                0x81, 0x00, 1, 0x08,
                // …-0006-…: methods EE, which are not there
                0x5D, 0x3C, 0x1B, 0x7A, 0x06, 0x00, 0x0F, 0x4E, 0x8A, 0x9B, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66,
                0x45, 0x45, 1, 0x02,
                // …-0007-…: data FF, which nobody drives
                0x5D, 0x3C, 0x1B, 0x7A, 0x07, 0x00, 0x0F, 0x4E, 0x8A, 0x9B, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66,
                0x46, 0x46, 2, 0x00
            })
            Name (DATA, Buffer () { 1, 2, 3, 4, 5, 6 })
            Name (EVNT, 0)
            Name (NEST, Package () { Package () { 7 } })
            Name (COST, 0)

            Method (WMAA, 3)
            {
                Switch (ToInteger (Arg1))
                {
                    Case (1) { Return (Arg2) }
                    Case (2) { Return (0x11223344) }
                    Case (3) { Return ("hi") }
                    Case (4) { Return (Package () { 1, Buffer () { 2, 3, 4 }, "x", 5 }) }
                    Case (5) { Return (Package () { Package () { 1 } }) }
                    Case (6) { Return (Buffer () { 1, 2 }) }
                    Case (7) { Return (Package () { \_SB.WMI0 }) }
                    Case (8) { Return (1 / (Arg1 - 8)) }
                    Case (9) { Return (SizeOf (Arg2)) }
                    Case (10) { Return (Arg0) }
                    Case (11) { Return (Package (0) {}) }
                    Case (12) { Return (Buffer (0) {}) }
                    Case (13) { Return (ToString (Buffer () { 0xFF, 0xFE, 0x41 })) }
                    // Events, with something to tell of each type.
                    Case (20) { CopyObject (Arg2, EVNT) Notify (WMI0, 0x80) }
                    Case (21) { CopyObject (0x12345678, EVNT) Notify (WMI0, 0x80) }
                    Case (22) { Notify (WMI0, 0x81) }
                    Case (23) { Notify (WMI0, 0x82) }
                    Case (24) { CopyObject (NEST, EVNT) Notify (WMI0, 0x80) }
                }
                Return (0)
            }

            // The second event has nothing to tell but its own number; the first what was kept.
            Method (_WED, 1)
            {
                If (Arg0 == 0x80) { Return (EVNT) }
                Return (Arg0)
            }

            Method (WQBB, 1) { Return (DATA) }
            Method (WSBB, 2) { DATA = Arg1 }

            Method (WQDD, 1)
            {
                Local0 = Package (2) {}
                Local0[0] = Arg0
                Local0[1] = COST
                Return (Local0)
            }
            Method (WCDD, 1) { COST = Arg0 }

            Method (WQFF, 1)
            {
                If (Arg0 == 0) { Return ("left") }
                Return (1 / (Arg0 - 1))
            }
        }
    }
}

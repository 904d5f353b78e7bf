// SPDX-License-Identifier: GPL-2.0-only
/* The firmware of the laptop Nimbus 3, and a way for tests to press its keys. */
DefinitionBlock ("", "SSDT", 2, "KMOD", "NIMBUS", 1)
{
    Scope (\_SB)
    {
        // The battery is one that the kernel drives.
        Device (BAT0)
        {
            Name (_HID, EisaId ("PNP0C0A"))
            Name (_UID, 0)
            Name (_STA, 0x1F)
            Name (_PCL, Package () { \_SB })
            Method (_BIF) { Return (Package () { 0, 50000, 45000, 1, 11100, 4000, 2000, 100, 100, "N-45", "0042", "LION", "Nimbus" }) }
            Method (_BST) { Return (Package () { 1, 9000, 30000, 11400 }) }
        }

        Device (NIMB)
        {
            Name (_HID, "PNP0C14")
            Name (_UID, "NIMBUS")
            Name (_WDG, Buffer () {
                // 3E1D9C40-55A2-4D0B-9A7E-6B0F5C3D2A01: methods NB
                0x40, 0x9C, 0x1D, 0x3E, 0xA2, 0x55, 0x0B, 0x4D, 0x9A, 0x7E, 0x6B, 0x0F, 0x5C, 0x3D, 0x2A, 0x01,
                0x4E, 0x42, 1, 0x02,
                // 3E1D9C40-55A2-4D0B-9A7E-6B0F5C3D2A02: events of number 0xD0
                0x40, 0x9C, 0x1D, 0x3E, 0xA2, 0x55, 0x0B, 0x4D, 0x9A, 0x7E, 0x6B, 0x0F, 0x5C, 0x3D, 0x2A, 0x02,
                0xD0, 0x00, 1, 0x08
            })
            // What a method returns: whether it could, and a value.
            Name (OKAY, Package () { 0, 0 })
            Name (SETT, Package () { 120, 1, 80, 1 })
            Name (PRES, 0)

            // Settings: 0 the fan's duty, 1 the keyboard's light, 2 where charging ends, 3 whether it is quiet (0) or quick (2)
            Method (WMNB, 3)
            {
                CreateDWordField (Arg2, 0, WHAT)
                CreateDWordField (Arg2, 4, VALU)
                OKAY[0] = 0
                OKAY[1] = 0
                Switch (ToInteger (Arg1))
                {
                    // What is measured: 0 the processor's temperature in tenths of a kelvin, 1 the fan's turns in a minute
                    Case (1)
                    {
                        If (WHAT == 0) { OKAY[1] = 3232 }
                        ElseIf (WHAT == 1) { OKAY[1] = DerefOf (SETT[0]) * 20 }
                        Else { OKAY[0] = 1 }
                    }
                    Case (2)
                    {
                        If (WHAT < 4) { OKAY[1] = DerefOf (SETT[WHAT]) }
                        Else { OKAY[0] = 1 }
                    }
                    Case (3)
                    {
                        // Tests have no finger: a duty of 240 and more presses a key.
                        If ((WHAT == 0) && (VALU >= 240)) { PRES = VALU - 240 Notify (NIMB, 0xD0) }
                        ElseIf (WHAT < 4) { SETT[WHAT] = VALU }
                        Else { OKAY[0] = 1 }
                    }
                    // Old firmware answers so, whatever it is asked.
                    Default { Return (0) }
                }
                Return (OKAY)
            }

            Method (_WED, 1) { Return (PRES) }
        }
    }
}

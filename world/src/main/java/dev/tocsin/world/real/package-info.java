/// The real outside: the operating system's clock, files, sockets, threads and figures. Reached
/// through [dev.tocsin.world.real.RealWorld] only.
@NullMarked
package dev.tocsin.world.real;

import org.jspecify.annotations.NullMarked;

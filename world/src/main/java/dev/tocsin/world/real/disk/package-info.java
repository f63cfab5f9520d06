/// Files of the operating system.
@NullMarked
package dev.tocsin.world.real.disk;

import org.jspecify.annotations.NullMarked;

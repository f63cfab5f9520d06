/// What only the operating system knows of this machine.
@NullMarked
package dev.tocsin.world.host;

import org.jspecify.annotations.NullMarked;

/// Files.
@NullMarked
package dev.tocsin.world.disk;

import org.jspecify.annotations.NullMarked;

/// Time.
@NullMarked
package dev.tocsin.world.time;

import org.jspecify.annotations.NullMarked;

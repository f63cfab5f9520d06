@NullMarked
package dev.tocsin.world.real.http.hpack;

import org.jspecify.annotations.NullMarked;

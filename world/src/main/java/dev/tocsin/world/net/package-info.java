/// HTTP, both ways.
@NullMarked
package dev.tocsin.world.net;

import org.jspecify.annotations.NullMarked;

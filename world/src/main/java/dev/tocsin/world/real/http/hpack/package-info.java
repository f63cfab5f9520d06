/// HPACK (RFC 7541): the headers of HTTP/2 as bytes.
@NullMarked
package dev.tocsin.world.real.http.hpack;

import org.jspecify.annotations.NullMarked;

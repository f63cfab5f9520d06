/// Tests.
@NullMarked
package dev.tocsin.deliver.send;

import org.jspecify.annotations.NullMarked;

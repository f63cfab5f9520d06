/// Who runs when: workers that are stepped, and tasks that may block.
@NullMarked
package dev.tocsin.world.schedule;

import org.jspecify.annotations.NullMarked;

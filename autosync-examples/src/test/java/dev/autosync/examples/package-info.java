/** Tests of the programs around the main job; the main job itself is run by the build of the project. */
@NullMarked
package dev.autosync.examples;

import org.jspecify.annotations.NullMarked;

package dev.autosync.core.patch;

/**
 * A section with the files it is for.
 *
 * @param diff what the patch says
 * @param from the file before; for a creation the one created
 * @param to the file after; for a deletion the one deleted
 */
record DiffSection(FileDiff diff, String from, String to) {}

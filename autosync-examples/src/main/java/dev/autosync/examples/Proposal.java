package dev.autosync.examples;

import java.util.function.UnaryOperator;

/**
 * A patch of the batch, and what the workspace must hold once it has landed, worked out without AutoSync.
 *
 * @param id the patch's id
 * @param json the patch as a patch file has it
 * @param effect the same change on the text files of the workspace
 */
record Proposal(String id, String json, UnaryOperator<SourceTree> effect) {}

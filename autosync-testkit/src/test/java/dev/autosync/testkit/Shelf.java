package dev.autosync.testkit;

import dev.autosync.ErrorCode;
import dev.autosync.patch.Patch;
import dev.autosync.publish.Publication;
import dev.autosync.spi.ConnectorException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Another side in memory, which can do everything that a connector may want. */
class Shelf extends ConnectorWorld {
    final List<Patch> patches = new ArrayList<>();
    final Map<String, String> things = new TreeMap<>();
    boolean down;

    /** Whatever is done goes through here. */
    Map<String, String> things(String token) {
        if (down) {
            throw new ConnectorException(ErrorCode.CONNECTOR_FAILED, "Cannot reach the shelf: it is down", null);
        }
        if (!token.equals(SECRET)) {
            throw new ConnectorException(ErrorCode.CONNECTOR_REFUSED, "Cannot use the shelf: the token is wrong", null);
        }
        return things;
    }

    @Override
    public Map<String, ?> settings() {
        return Map.of("shelf", "upper");
    }

    @Override
    public Map<String, ?> badSettings() {
        return Map.of("shelf", "", "token", "not-a-reference");
    }

    @Override
    public Map<String, byte[]> content() {
        Map<String, byte[]> content = new TreeMap<>();
        things.forEach((name, text) -> content.put(name, text.getBytes(StandardCharsets.UTF_8)));
        patches.forEach(patch -> content.put(patch.id(), patch.content()));
        return content;
    }

    @Override
    public Set<String> secretKeys() {
        return Set.of("token");
    }

    @Override
    public void addPatch(int number) {
        patches.add(Patch.write("patch-" + number, "file-" + number, new byte[] {(byte) number}));
    }

    @Override
    public boolean makeConflict(Publication publication) {
        things.put("published", "somebody else's");
        return true;
    }

    @Override
    public boolean cutOff() {
        down = true;
        return true;
    }
}

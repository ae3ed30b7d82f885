package dev.autosync.examples.dropbox;

import dev.autosync.publish.Publication;
import dev.autosync.spi.ConnectorFactory;
import dev.autosync.testkit.ConnectorContract;
import dev.autosync.testkit.ConnectorWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class DropBoxContractTest extends ConnectorContract {

    @Override
    protected ConnectorFactory factory() {
        return new DropBoxConnectorFactory();
    }

    @Override
    protected ConnectorWorld world(Path folder, Path workspace) throws IOException {
        return new Folders(folder);
    }

    private static final class Folders extends ConnectorWorld {
        private final Path folder;
        private final Path inbox;
        private final Path outbox;

        Folders(Path folder) throws IOException {
            this.folder = folder;
            this.inbox = Files.createDirectory(folder.resolve("inbox"));
            this.outbox = Files.createDirectory(folder.resolve("outbox"));
        }

        @Override
        public Map<String, ?> settings() {
            return Map.of("inbox", inbox.toString(), "outbox", "../world/outbox");
        }

        @Override
        public Map<String, ?> badSettings() {
            return Map.of("inbox", folder.resolve("missing").toString(), "outbox", "");
        }

        @Override
        public Map<String, byte[]> content() throws IOException {
            return files(folder);
        }

        @Override
        public void addPatch(int number) throws IOException {
            Files.writeString(inbox.resolve("000" + number + ".json"), """
                    {"version": 1, "id": "patch-%d", "format": "write-file", "target": "a.txt", "content": "%<d"}
                    """.formatted(number));
        }

        @Override
        public boolean makeConflict(Publication publication) throws IOException {
            Files.writeString(Files.createDirectory(outbox.resolve(publication.cycle())).resolve("note.txt"), "somebody else's");
            return true;
        }

        @Override
        public boolean cutOff() throws IOException {
            Files.move(inbox, folder.resolve("old inbox"));
            Files.move(outbox, folder.resolve("old outbox"));
            return true;
        }
    }
}

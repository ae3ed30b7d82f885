package dev.autosync.core.lock;

import dev.autosync.core.io.AppendLog;
import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Image;
import dev.autosync.core.io.RealFiles;
import java.io.IOException;
import java.nio.file.Path;

/** Real files, for a test to change one call of. */
class ForwardingFiles implements FilePort {
    private final FilePort real = new RealFiles();

    @Override
    public Image look(Path file, long maxBytes) throws IOException {
        return real.look(file, maxBytes);
    }

    @Override
    public void create(Path file, FileImage image) throws IOException {
        real.create(file, image);
    }

    @Override
    public void createLink(Path link, Image.Link image) throws IOException {
        real.createLink(link, image);
    }

    @Override
    public void setMode(Path folder, int mode) throws IOException {
        real.setMode(folder, mode);
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
        real.replace(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        real.delete(file);
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        real.createFolder(folder);
    }

    @Override
    public boolean deleteEmptyFolder(Path folder) throws IOException {
        return real.deleteEmptyFolder(folder);
    }

    @Override
    public void force(Path file) throws IOException {
        real.force(file);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        real.forceFolder(folder);
    }

    @Override
    public AppendLog openLog(Path file) throws IOException {
        return real.openLog(file);
    }
}

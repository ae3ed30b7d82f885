package dev.autosync.core.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Counts every call of a file port, and makes the n-th call fail, and every later one when the process is to seem dead. */
public class FaultyFiles implements FilePort {
    private final FilePort files;
    private final Map<String, Integer> counts = new HashMap<>();
    private int failAt = Integer.MAX_VALUE;
    private boolean dieThere;
    private String failName = "";
    private int calls;

    public FaultyFiles(FilePort files) {
        this.files = files;
    }

    /** Makes the n-th call from now on fail. */
    public void failAt(int n) {
        failAt = calls + n;
        dieThere = false;
    }

    /** Makes the n-th call from now on and all after it fail, as if the process had died there. */
    public void dieAt(int n) {
        failAt = calls + n;
        dieThere = true;
    }

    /** Makes the next call of this name fail. */
    public void failNext(String name) {
        failName = name;
    }

    /** Lets every call through again. Says whether a call has failed. */
    public boolean heal() {
        boolean failed = calls >= failAt;
        failAt = Integer.MAX_VALUE;
        return failed;
    }

    public int count(String call) {
        return counts.getOrDefault(call, 0);
    }

    /** Whether what is forced is forced indeed; a test of many thousand writes may do without. */
    protected boolean forces() {
        return true;
    }

    private void call(String name) throws IOException {
        calls++;
        counts.merge(name, 1, Integer::sum);
        boolean named = name.equals(failName);
        failName = named ? "" : failName;
        if (named || calls == failAt || dieThere && calls > failAt) {
            throw new IOException("injected at call " + calls + ", " + name);
        }
    }

    @Override
    public Image look(Path file, long maxBytes) throws IOException {
        call("read");
        return files.look(file, maxBytes);
    }

    @Override
    public void create(Path file, FileImage image) throws IOException {
        try {
            call("create");
        } catch (IOException e) {
            // What a full disk leaves: half of the file.
            files.create(file, new FileImage(java.util.Arrays.copyOf(image.bytes(), image.bytes().length / 2), image.mode()));
            throw e;
        }
        files.create(file, image);
    }

    @Override
    public void createLink(Path link, Image.Link image) throws IOException {
        call("createLink");
        files.createLink(link, image);
    }

    @Override
    public void createHardLink(Path link, Path file) throws IOException {
        call("createHardLink");
        files.createHardLink(link, file);
    }

    @Override
    public void setMode(Path folder, int mode) throws IOException {
        call("setMode");
        files.setMode(folder, mode);
    }

    @Override
    public void together(Work work) throws IOException {
        files.together(work);
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
        call("replace");
        files.replace(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        call("delete");
        files.delete(file);
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        call("createFolder");
        files.createFolder(folder);
    }

    @Override
    public boolean deleteEmptyFolder(Path folder) throws IOException {
        call("deleteEmptyFolder");
        return files.deleteEmptyFolder(folder);
    }

    @Override
    public void force(Path file) throws IOException {
        call("force");
        files.force(file);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        call("forceFolder");
        if (forces()) {
            files.forceFolder(folder);
        }
    }

    @Override
    public AppendLog openLog(Path file) throws IOException {
        call("openLog");
        AppendLog log = files.openLog(file);
        return new AppendLog() {
            @Override
            public void append(byte[] bytes) throws IOException {
                try {
                    call("log.append");
                } catch (IOException e) {
                    log.append(java.util.Arrays.copyOf(bytes, bytes.length / 2));
                    throw e;
                }
                log.append(bytes);
            }

            @Override
            public void force() throws IOException {
                call("log.force");
                if (forces()) {
                    log.force();
                }
            }

            @Override
            public void truncate(long length) throws IOException {
                call("log.truncate");
                log.truncate(length);
            }

            @Override
            public long length() throws IOException {
                return log.length();
            }

            @Override
            public void close() throws IOException {
                log.close();
            }
        };
    }
}

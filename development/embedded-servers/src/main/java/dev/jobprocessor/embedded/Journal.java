package dev.jobprocessor.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * The changes since the store's last commit, one after the other in a file. A commit of
 * the store rewrites whole pages, so that one for every answer is slow and makes its file
 * grow; a change noted here costs a single short write.
 */
final class Journal implements AutoCloseable {

    private static final long LIMIT = 16 * 1024 * 1024;

    private final MVStore store;

    private final Path file;

    private final FileChannel channel;

    private long length;

    private Journal(MVStore store, Path file) throws IOException {
        this.store = store;
        this.file = file;
        replay();
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        checkpoint();
    }

    /** Brings the store up to the last change that was noted, and starts anew. */
    static Journal open(MVStore store, Path file) {
        try {
            return new Journal(store, file);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Notes a document as it is now, after the store's map was given it.
     * @param document null if it was removed
     */
    synchronized void append(String map, Object key, @Nullable Document document) {
        ByteBuf change = Unpooled.buffer();
        BsonEncoder.encodeDocument(new Document("map", map).append("key", key).append("document", document), change);
        write(change.nioBuffer());
        if (this.length > LIMIT) {
            checkpoint();
        }
    }

    /** Commits the store, after which the noted changes are not needed any more. */
    synchronized void checkpoint() {
        this.store.commit();
        try {
            this.channel.truncate(0);
            this.length = 0;
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** To be called after the store has been closed, and so committed. */
    @Override
    public void close() {
        try {
            this.channel.close();
            Files.delete(this.file);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private void write(ByteBuffer change) {
        try {
            long end = this.length + change.remaining();
            while (change.hasRemaining()) {
                this.channel.write(change, end - change.remaining());
            }
            this.length = end;
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private void replay() throws IOException {
        if (Files.exists(this.file)) {
            ByteBuf changes = Unpooled.wrappedBuffer(Files.readAllBytes(this.file));
            while (hasWholeChange(changes)) {
                replay(BsonDecoder.decodeBson(changes));
            }
        }
    }

    /** The last change is cut short if the process died while writing it. */
    private static boolean hasWholeChange(ByteBuf changes) {
        return changes.readableBytes() >= Integer.BYTES
                && changes.getIntLE(changes.readerIndex()) <= changes.readableBytes();
    }

    private void replay(Document change) {
        MVMap<Object, Document> map = this.store.openMap((String) change.get("map"), BsonDataType.documentsById());
        Document document = (Document) change.get("document");
        if (document != null) {
            map.put(change.get("key"), document);
        }
        else {
            map.remove(change.get("key"));
        }
    }

}

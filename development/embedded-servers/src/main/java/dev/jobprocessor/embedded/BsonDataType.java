package dev.jobprocessor.embedded;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import java.util.function.IntFunction;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.jspecify.annotations.Nullable;

/**
 * Keeps documents and their ids in a file as BSON, which is several times smaller and
 * faster than the serialized objects that the store would write.
 */
final class BsonDataType<T> extends BasicDataType<T> {

    private static final BsonDataType<Object> KEYS = new BsonDataType<>(Object[]::new);

    private static final BsonDataType<Document> DOCUMENTS = new BsonDataType<>(Document[]::new);

    private final IntFunction<T[]> storage;

    private BsonDataType(IntFunction<T[]> storage) {
        this.storage = storage;
    }

    static MVMap.Builder<Object, Document> documentsById() {
        return new MVMap.Builder<Object, Document>().keyType(KEYS).valueType(DOCUMENTS);
    }

    @Override
    public int compare(T a, T b) {
        return ValueComparator.asc().compare(a, b);
    }

    @Override
    public int getMemory(T value) {
        return memory(value);
    }

    @Override
    public void write(WriteBuffer out, T value) {
        Object written = Missing.isNullOrMissing(value) ? null : value;
        byte type = BsonEncoder.determineType(written);
        ByteBuf bytes = Unpooled.buffer();
        BsonEncoder.encodeValue(type, written, bytes);
        out.put(type).putVarInt(bytes.readableBytes()).put(bytes.nioBuffer());
    }

    @Override
    @SuppressWarnings("unchecked")
    public T read(ByteBuffer in) {
        byte type = in.get();
        int length = DataUtils.readVarInt(in);
        ByteBuf bytes = Unpooled.wrappedBuffer(in.slice(in.position(), length));
        in.position(in.position() + length);
        return (T) Missing.ofNullable(BsonDecoder.decodeValue(type, bytes));
    }

    @Override
    public T[] createStorage(int size) {
        return this.storage.apply(size);
    }

    private static int memory(@Nullable Object value) {
        return switch (value) {
            case String text -> 48 + text.length();
            case Map<?, ?> map -> 64 + map.values().stream().mapToInt((member) -> 80 + memory(member)).sum();
            case Collection<?> list -> 32 + list.stream().mapToInt((member) -> 8 + memory(member)).sum();
            case null, default -> 32;
        };
    }

}

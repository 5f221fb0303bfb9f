package dev.jobprocessor.api.submission;

import java.util.ArrayList;

/**
 * The jobs of one submission. Of more than {@value #MAX_SIZE} elements it keeps only one
 * too many, enough to refuse it.
 */
final class Batch<T> extends ArrayList<T> {

    static final int MAX_SIZE = 1000;

    @Override
    public boolean add(T element) {
        return size() <= MAX_SIZE && super.add(element);
    }

}

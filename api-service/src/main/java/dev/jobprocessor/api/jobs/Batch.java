package dev.jobprocessor.api.jobs;

import java.util.ArrayList;

/**
 * What a client submits at once. Of more than {@value #MAX_SIZE} elements it keeps one
 * too many, by which it is refused without looking at the others.
 */
final class Batch<T> extends ArrayList<T> {

    static final int MAX_SIZE = 1000;

    @Override
    public boolean add(T element) {
        return size() <= MAX_SIZE && super.add(element);
    }

}

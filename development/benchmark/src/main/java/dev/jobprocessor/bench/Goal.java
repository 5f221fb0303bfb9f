package dev.jobprocessor.bench;

/** What a measured value is to be. */
record Goal(double bound, boolean upper) {

    static Goal atMost(double bound) {
        return new Goal(bound, true);
    }

    static Goal atLeast(double bound) {
        return new Goal(bound, false);
    }

    boolean isMetBy(double value) {
        return this.upper ? value <= this.bound : value >= this.bound;
    }

    @Override
    public String toString() {
        return (this.upper ? "≤ " : "≥ ") + Measurement.number(this.bound);
    }

}

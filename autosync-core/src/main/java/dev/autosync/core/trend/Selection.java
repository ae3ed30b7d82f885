package dev.autosync.core.trend;

/**
 * Finds the k-th smallest number without sorting.
 *
 * <p>Source: C. A. R. Hoare, "Algorithm 65: Find", CACM 4(7), 1961. Cost: O(n) on average.
 */
final class Selection {
    private Selection() {}

    /**
     * Moves the number that sorting would put at an index there, smaller ones to its left and greater ones to its right.
     *
     * @param numbers no NaN among them
     * @param from the first index of the part to look at
     * @param to its last index
     * @param index in that part
     * @return the number
     */
    static double select(double[] numbers, int from, int to, int index) {
        int left = from;
        int right = to;
        while (left < right) {
            double pivot = numbers[index];
            int i = left;
            int j = right;
            while (i <= j) {
                while (numbers[i] < pivot) {
                    i++;
                }
                while (numbers[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    double swapped = numbers[i];
                    numbers[i++] = numbers[j];
                    numbers[j--] = swapped;
                }
            }
            if (j < index) {
                left = i;
            }
            if (i > index) {
                right = j;
            }
        }
        return numbers[index];
    }
}

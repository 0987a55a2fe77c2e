export const rate = () => 4.9; // probe: rate

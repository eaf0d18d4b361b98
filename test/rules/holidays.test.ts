// Which country or region somebody means who writes its name.

import { describe, expect, test } from '@jest/globals';
import { countryIn, publicHoliday, readRegion, regionInWords } from '../../src/time/holidays.ts';

describe('a country or region by its name', () => {
  test.each([
    ['Berlin', 'Europe/Berlin', 'DE-BE'],
    ['berlin', 'Asia/Tokyo', 'DE-BE'],
    ['Berlin, Germany', 'Asia/Tokyo', 'DE-BE'],
    ['DE-BE', 'Europe/Berlin', 'DE-BE'],
    ['Deutschland', 'Europe/Berlin', 'DE'],
    ['Bavaria', 'Europe/Berlin', 'DE-BY'],
    ['Bayern', 'Europe/Berlin', 'DE-BY'],
    ['england', 'Europe/London', 'GB-ENG'],
    ['the moon', 'Europe/Berlin', undefined],
    ['', 'Europe/Berlin', undefined],
    // Where two have the name, the zone tells which is meant.
    ['Georgia', 'America/New_York', 'US-GA'],
    ['Georgia', 'Asia/Tbilisi', 'GE'],
  ])('%j in %s', (text, zone, region) => {
    const read = readRegion(text, zone);
    expect(read.kind === 'region' ? read.region : undefined).toBe(region);
  });

  test('what is shown can be typed', () => {
    for (const region of ['DE', 'DE-BE', 'US-CA', 'PT', 'NZ-AUK', 'GB-SCT']) {
      expect(readRegion(regionInWords(region), 'UTC')).toEqual({ kind: 'region', region });
    }
    expect(regionInWords('DE-BE')).toBe('Berlin, Germany');
  });

  test('a zone names its country', () => {
    expect(countryIn('Europe/Berlin')).toBe('Germany');
    expect(countryIn('Asia/Calcutta')).toBe('India');
    expect(countryIn('UTC')).toBeUndefined();
  });

  test('and its holidays are that region’s', () => {
    const womensDay = Temporal.PlainDate.from('2027-03-08');
    expect(publicHoliday('DE-BE', womensDay)).toBeDefined();
    expect(publicHoliday('DE-BY', womensDay)).toBeUndefined();
  });
});

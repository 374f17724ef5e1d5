import { useEffect, useState } from 'preact/hooks';

// As in narrow.css: under it the drawer covers the page.
const narrow = '(max-width: 64rem)';

export function useNarrow(): boolean {
  const [is, setIs] = useState(() => matchMedia(narrow).matches);
  useEffect(() => {
    const media = matchMedia(narrow);
    const look = () => setIs(media.matches);
    media.addEventListener('change', look);
    return () => media.removeEventListener('change', look);
  }, []);
  return is;
}
